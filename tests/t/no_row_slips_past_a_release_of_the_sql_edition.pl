# Writers beside a role that releases registries by the scripts of model-routable sql --registry-only, each time with another id
# withdrawn. After each release, an audit in the same transaction names every row that it refuses, and until the next one no such row
# comes to be. A REPEATABLE READ transaction judges by the release that was committed after it began.
# RELEASE_SECONDS says for how long (8), RELEASE_WRITERS how many writers there are (6).

use strict;
use warnings;

use Installation;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Registries;
use Test::More;
use Time::HiRes qw(sleep time);

my ($build) = builds(qw(tool));
my $seconds = $ENV{RELEASE_SECONDS} || 8;
my $writers = $ENV{RELEASE_WRITERS} || 6;
my @ids = map { "model-$_" } 'a' .. 'h';
my $folder = PostgreSQL::Test::Utils::tempdir();

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "deadlock_timeout = '200ms'\nmax_connections = 60\n");
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE keeper LOGIN; CREATE ROLE writer LOGIN; CREATE DATABASE edition OWNER keeper');

sub connection { my ($role) = @_; return $node->connstr('edition') . " user=$role" }

# What a role's session prints as it runs a script, and how it ends.
sub run_as
{
	my ($role, $script) = @_;
	my ($out, $err) = ('', '');
	my $result = IPC::Run::run [ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', connection($role) ], '<', \$script, '>', \$out, '2>', \$err;
	return ($result, $out, $err);
}

# The script of a registry with one id withdrawn.
sub script
{
	my ($withdrawn, @options) = @_;
	my $models = join ', ', grep { $_ ne $withdrawn } @ids;
	unlink "$folder/registry.yaml";
	append_to_file("$folder/registry.yaml", <<"END");
schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: key, auth_env: [K], model_prefix_match: ^never}
runtimes:
  r: {providers: [{name: a, models: [$models], withdrawn_models: [$withdrawn]}]}
END
	my $script = qx($build/model-routable sql @options '$folder/registry.yaml');
	die 'the tool prints no script' if $?;
	return $script;
}

my ($is_installed, undef, $error) = run_as('keeper', script('model-h'));
ok($is_installed, 'a role without further rights installs the edition') or diag $error;
my %releases = map { $_ => script($_, '--registry-only') } @ids;
my $triggers = join "\n", map { <<"END" } 'workspaces', 'fleet';
CREATE TRIGGER model_routable BEFORE UPDATE ON $_ FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=${_}_model_routable');
CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON $_ NOT DEFERRABLE FOR EACH ROW
    WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=${_}_model_routable');
END
my ($is_made, undef, $fault) = run_as('keeper', <<"END");
CREATE TABLE workspaces (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, runtime text, model text);
CREATE TABLE fleet (id int, runtime text, model text) PARTITION BY HASH (id);
CREATE TABLE fleet_0 PARTITION OF fleet FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE fleet_1 PARTITION OF fleet FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO workspaces (runtime, model) SELECT 'r', 'model-a' FROM generate_series(1, 64);
INSERT INTO fleet SELECT id, 'r', 'model-a' FROM generate_series(1, 64) AS id;
CREATE VIEW refused AS
    SELECT tableoid::regclass || ' ' || id || ' ' || model AS row FROM workspaces WHERE NOT model_routable(runtime, model)
    UNION ALL SELECT tableoid::regclass || ' ' || id || ' ' || model FROM fleet WHERE NOT model_routable(runtime, model);
GRANT SELECT, INSERT, UPDATE ON workspaces, fleet TO writer;
$triggers
END
ok($is_made, 'guards are typed by hand as for the extension') or diag $fault;

# A transaction that began before a release.
my $session = $node->background_psql('edition', on_error_stop => 0, extra_params => [ '-U', 'writer' ]);
answer($session, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM workspaces;');
is(answer($session, "SELECT model_routable('r', 'model-h'), model_routable('r', 'model-b');"), 'f|t', 'it judges by the former release');
my ($is_released) = run_as('keeper', $releases{'model-b'});
ok($is_released, 'another role releases meanwhile');
is(answer($session, "SELECT model_routable('r', 'model-h'), model_routable('r', 'model-b'), release FROM routable.registry;"), 't|f|2',
	'a REPEATABLE READ transaction judges by the release that was committed after it began');
answer($session, "UPDATE workspaces SET model = 'model-b' WHERE id = 1;");
is(answer($session, 'ROLLBACK; SELECT model FROM workspaces WHERE id = 1;'), 'model-a', 'and so does its guard');
$session->quit;

my ($is_refused, undef, $refusal) = run_as('writer', $releases{'model-c'});
ok(!$is_refused, 'a role that does not own the edition cannot release');
like($refusal, qr/permission denied for function put_in_force/, 'and is told so');

# What one writer sends, in several forms, of which a part is refused at any time.
sub program_of
{
	my ($seed) = @_;
	srand($seed);
	my $model = sub { $ids[ rand @ids ] };
	my $id = sub { 1 + int rand 64 };
	my @forms = (
		sub { sprintf "UPDATE workspaces SET model = '%s' WHERE id = %d;", $model->(), $id->() },
		sub { sprintf "UPDATE fleet SET model = '%s' WHERE id = %d;", $model->(), $id->() },
		sub { sprintf "EXECUTE set_model('%s', %d);", $model->(), $id->() },
		sub { sprintf "INSERT INTO workspaces (runtime, model) VALUES ('r', '%s');", $model->() },
		sub { sprintf "BEGIN;\nUPDATE workspaces SET model = '%s' WHERE id = %d;\nUPDATE fleet SET model = '%s' WHERE id = %d;\nCOMMIT;",
			$model->(), $id->(), $model->(), $id->() },
		sub { sprintf "COPY workspaces (runtime, model) FROM STDIN;\nr\t%s\n\\.", $model->() });
	my $program = "\\set ON_ERROR_ROLLBACK on\nPREPARE set_model AS UPDATE workspaces SET model = \$1 WHERE id = \$2;\n";
	$program .= $forms[ rand @forms ]->() . "\n" for 1 .. 20_000;
	return $program;
}

my @running = map {
	my $writer = $_;
	append_to_file("$folder/$writer.sql", program_of($writer));
	my $process = fork;
	if (!$process)
	{
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', '/dev/null';
		open STDERR, '>>', "$folder/$writer.err";
		exec 'psql', '-X', '-q', '-d', connection('writer'), '-v', 'VERBOSITY=sqlstate', map({ ('-f', "$folder/$writer.sql") } 1 .. 50);
	}
	$process
} 1 .. $writers;

srand(3);
my ($releases, $slipped, $stranded, $last, $is_known) = (0, 0, 0, 'model-b', 0);
my (%named, @slips);
for (my $end = time + $seconds; time < $end;)
{
	my $withdrawn = (grep { $_ ne $last } @ids)[ rand @ids - 1 ];
	my $script = "SELECT 'former ' || row FROM refused;\n$releases{$withdrawn}";
	$script =~ s/COMMIT;\n\z/SET LOCAL search_path = public;\nSELECT 'refused ' || row FROM refused;\nCOMMIT;\n/;
	my ($is_committed, $out) = run_as('keeper', $script);
	# A release that lost a deadlock against a writer leaves the former one in force.
	next if !$is_committed;
	push @slips, map { "$_ after the release that withdrew $last" } grep { !$named{$_} } $out =~ /^former (.*)$/mg if $is_known;
	%named = map { $_ => 1 } $out =~ /^refused (.*)$/mg;
	($last, $is_known) = ($withdrawn, 1);
	$stranded += keys %named;
	$releases++;
	sleep 0.05;
}
kill 'KILL', @running;
waitpid $_, 0 for @running;

my $messages = join '', map { slurp_file("$folder/$_.err") } 1 .. $writers;
my $refusals = () = $messages =~ /23514/g;
note "$releases releases, $stranded rows stranded by them, $refusals refusals";
cmp_ok($releases, '>', $seconds, 'enough was released to prove something');
cmp_ok($stranded, '>', 0, 'releases strand rows, which their audits name');
cmp_ok($refusals, '>', $seconds * 5, 'enough was refused to prove something');
is(scalar @slips, 0, 'no row comes to be that the release in force refuses') or diag join "\n", @slips[ 0 .. (@slips > 9 ? 9 : $#slips) ];
my %errors;
$errors{$1}++ while $messages =~ /ERROR:  (\w{5})/g;
delete @errors{qw(23514 40P01 25P02 57P01)};
is_deeply(\%errors, {}, 'no error but the expected ones reaches a writer');
$node->stop;

done_testing();
