# Random programs alter a guarded table inside statements that write to it. Whatever happens to a statement, the server goes
# on, no error comes from the internals of PostgreSQL or of the guard, and a bad pair is stored only if routable.guards and
# routable.is_guarded showed that the guard was not enforcing.
# FUZZ_SECONDS is the duration. FUZZ_SEED is the seed of the first program: to repeat a failure, use the seed of its program.
use strict;
use warnings;

use DdlFuzz;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;

my $seconds = $ENV{FUZZ_SECONDS} // 20;
my $seed = $ENV{FUZZ_SEED} // 1;
note("FUZZ_SEED=$seed FUZZ_SECONDS=$seconds");

my $node = start_server('main', "log_error_verbosity = verbose\n");
my $inc = (grep { -f "$_/ddl_fuzz.sql" } @INC)[0];
$node->safe_psql('postgres', slurp_file("$inc/ddl_fuzz.sql"));
my %server = (major => major($node));
my $settings = $node->safe_psql('postgres', q{SELECT proargnames FROM pg_proc WHERE oid = 'routable.attach'::regproc});
$server{$_} = $settings =~ /\b$_\b/ for qw(near_miss deferrable);

# Errors without a code that PostgreSQL itself raises for a table that is altered meanwhile.
my $known = join('|', 'could not find trigger \d+$', 'cannot rename trigger', 'has no parent because', 'could not open relation with OID',
	'cache lookup failed for (?:type|function) \d+$', 'tuple concurrently (?:updated|deleted)$');

my (@crashes, @unnamed, @internal, @monitoring, @failures);
my ($programs, $end) = (0, time + $seconds);
while (time < $end && @crashes < 5)
{
	my $program = DdlFuzz::program($seed, \%server);
	my $begin = -s $node->logfile;
	my $out;
	my @crashed = crashes_during($node, sub {
		run_script($node, 'postgres', $program->{setup});
		my ($beside, $messages, @other) = ('', '');
		@other = start_script($node, 'postgres', $program->{beside}, \$beside, \$messages) if $program->{beside};
		($out) = run_script($node, 'postgres', $program->{main});
		$other[0]->finish if @other;
	});
	my $log = substr(slurp_file($node->logfile), $begin);
	my $with = "FUZZ_SEED=$seed";
	push @crashes, map { "$with: $_" } @crashed;
	push @unnamed, map { "$with: $_" } $out =~ /^UNNAMED .*$/mg;
	push @internal, map { "$with: $_" } grep { !/$known/ } $log =~ /(?:ERROR: |caught) +(XX000: .*)$/mg;
	# If a second session waits for locks of this one, PostgreSQL can end either of them.
	push @monitoring, map { "$with: $_" } grep { !/40P01/ || !$program->{beside} } $log =~ /fuzz: monitoring failed: .*$/mg;
	# A second session can rename a column between two queries of the judge.
	push @failures, map { "$with: $_" } $log =~ /fuzz: judge failed: .*$/mg unless $program->{beside};
	$programs++;
	$seed++;
}

my %count = map { $_ => $node->safe_psql('postgres', "SELECT last_value FROM fuzz.$_") } qw(done judged);
my $log = slurp_file($node->logfile);
my $refused = () = $log =~ /23514: model/g;
note("$programs programs, $count{done} changes within statements, $count{judged} statements judged, $refused refusals");
is(join("\n", @crashes), '', 'no process of the server crashes');
is(join("\n", @internal), '', 'no error is an internal one');
is(join("\n", @unnamed), '', 'no bad pair is stored that routable.guards does not name');
is(join("\n", @monitoring), '', 'routable.guards and routable.is_guarded answer all the time');
is(join("\n", @failures), '', 'every statement is judged');
cmp_ok($count{judged}, '>', $programs, 'a guard enforced in enough statements to prove something');
cmp_ok($refused, '>', $programs, 'enough was refused to prove something');
cmp_ok($count{done}, '>', $programs, 'enough was changed within statements to prove something');

done_testing();
