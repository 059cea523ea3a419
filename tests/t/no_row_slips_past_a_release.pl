# Writers run while another session releases a registry ten times a second, each time with another id withdrawn. After each
# release that waits for writers, an audit in the same transaction names every row that the release refuses. Until the next
# release no such row is added, even if the server is killed meanwhile. The rows that slip past releases that do not wait are
# counted and printed.
# RELEASE_SECONDS is the duration (10), RELEASE_WRITERS the number of writers (8).

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use PostgreSQL::Test::Utils qw(append_to_file);
use ServerUnderTest;
use Test::More;
use Time::HiRes qw(sleep time);

my $seconds = $ENV{RELEASE_SECONDS} || 10;
my $writers = $ENV{RELEASE_WRITERS} || 8;
my @ids = map { "model-$_" } 'a' .. 'h';

my $node = start_server('releaser', "fsync = on\ndeadlock_timeout = '200ms'\nmax_connections = 100\n");
$node->safe_psql('postgres', <<'END');
CREATE FUNCTION registry(withdrawn text) RETURNS text LANGUAGE sql AS $$
    SELECT 'schema_version: 1
providers:
  - {name: a, display_name: A, protocol: openai, auth_mode: key, auth_env: [K], model_prefix_match: ^never}
runtimes:
  r: {providers: [{name: a, models: [' || string_agg(id, ', ') FILTER (WHERE id <> withdrawn) || '], withdrawn_models: [' || withdrawn || ']}]}'
    FROM (SELECT 'model-' || chr(number) FROM generate_series(97, 104) AS number) AS model (id)
$$;
CREATE TABLE workspaces (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, runtime text, model text);
CREATE TABLE fleet (id int, runtime text, model text) PARTITION BY HASH (id);
CREATE TABLE fleet_0 PARTITION OF fleet FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE fleet_1 PARTITION OF fleet FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO workspaces (runtime, model) SELECT 'r', 'model-a' FROM generate_series(1, 64);
INSERT INTO fleet SELECT id, 'r', 'model-a' FROM generate_series(1, 64) AS id;
CREATE VIEW refused AS
    SELECT tableoid::regclass || ' ' || id || ' ' || model AS row FROM workspaces WHERE NOT model_routable(runtime, model)
    UNION ALL SELECT tableoid::regclass || ' ' || id || ' ' || model FROM fleet WHERE NOT model_routable(runtime, model);
SELECT routable.release(registry('model-h'));
SELECT routable.attach('workspaces'), routable.attach('fleet');
END

# The statements of one writer: changes of pairs in several forms. At any time, some of them are refused.
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
		sub { sprintf "BEGIN;\nUPDATE workspaces SET model = '%s' WHERE id = %d;\nUPDATE workspaces SET model = '%s' WHERE id = %d;\nCOMMIT;",
			$model->(), $id->(), $model->(), $id->() },
		sub { sprintf "COPY workspaces (runtime, model) FROM STDIN;\nr\t%s\n\\.", $model->() },
		sub { sprintf "DO \$\$ BEGIN PERFORM model_routable('r', 'x'); UPDATE workspaces SET model = '%s' WHERE id = %d; END \$\$;",
			$model->(), $id->() });
	my $program = "\\set ON_ERROR_ROLLBACK on\nPREPARE set_model AS UPDATE workspaces SET model = \$1 WHERE id = \$2;\n";
	$program .= $forms[ rand @forms ]->() . "\n" for 1 .. 20_000;
	return $program;
}

my $folder = PostgreSQL::Test::Utils::tempdir();
for my $writer (1 .. $writers)
{
	append_to_file("$folder/$writer.sql", program_of($writer));
}

# Starts the writers, which repeat their programs. Returns their processes.
sub start_writers
{
	my $connection = $node->connstr('postgres');
	return map {
		my $writer = $_;
		my $process = fork;
		if (!$process)
		{
			open STDIN, '<', '/dev/null';
			open STDOUT, '>', '/dev/null';
			open STDERR, '>>', "$folder/$writer.err";
			exec 'psql', '-X', '-q', '-d', $connection, '-v', 'VERBOSITY=sqlstate', map({ ('-f', "$folder/$writer.sql") } 1 .. 50);
		}
		$process
	} 1 .. $writers;
}

sub stop_writers
{
	kill 'KILL', @_;
	waitpid $_, 0 for @_;
}

# Makes one release. Returns the rows that the former release refuses now, and the rows that this one refuses. Undefined if
# the transaction failed.
sub release
{
	my ($withdrawn, $waits) = @_;
	my ($status, $output, $error) = $node->psql('postgres', <<"END");
SET client_min_messages = error;
BEGIN;
LOCK TABLE fleet, workspaces IN SHARE ROW EXCLUSIVE MODE;
SELECT 'former ' || row FROM refused;
SELECT routable.release(registry('$withdrawn'), wait_for_writers => $waits);
SELECT 'refused ' || row FROM refused;
COMMIT;
END
	return if $status != 0;
	return ([ $output =~ /^former (.*)$/mg ], [ $output =~ /^refused (.*)$/mg ]);
}

# The same without locks, as a release that does not wait.
sub release_at_once
{
	my ($withdrawn) = @_;
	my ($status, $output) = $node->psql('postgres', <<"END");
SET client_min_messages = error;
BEGIN;
SELECT routable.release(registry('$withdrawn'), wait_for_writers => false);
SELECT 'refused ' || row FROM refused;
COMMIT;
END
	return $status == 0 ? [ $output =~ /^refused (.*)$/mg ] : undef;
}

# Makes releases for so many seconds. Returns their number, the number of rows that slipped, and the number of refused rows.
sub release_for
{
	my ($duration, $waits) = @_;
	my ($releases, $slipped, $stranded, $end) = (0, 0, 0, time + $duration);
	my %named;
	my $is_known = 0;
	while (time < $end)
	{
		my $withdrawn = $ids[ rand @ids ];
		my ($former, $refused) = release($withdrawn, 'true');
		# If a release loses a deadlock against a writer, the former one stays in force.
		next if !defined $refused;
		$slipped += grep { !$named{$_} } @$former if $is_known;
		$refused = release_at_once($ids[ rand @ids ]) // $refused if !$waits;
		%named = map { $_ => 1 } @$refused;
		$stranded += @$refused;
		$releases++;
		$is_known = 1;
		sleep 0.1;
	}
	return ($releases, $slipped, $stranded);
}

my @running = start_writers();
my ($releases, $slipped, $stranded) = release_for($seconds / 2, 1);
$node->stop('immediate');
stop_writers(@running);
$node->start;
my $number = $node->safe_psql('postgres', 'SELECT release FROM routable.registry');
ok($number >= $releases + 1, 'each release that was committed is in force, or a later one is, after the server was killed');
@running = start_writers();
my ($more_releases, $more_slipped, $more_stranded) = release_for($seconds / 2, 1);
stop_writers(@running);

my $written = $node->safe_psql('postgres', "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'workspaces'");
my $refusals = () = join('', map { PostgreSQL::Test::Utils::slurp_file("$folder/$_.err") } 1 .. $writers) =~ /23514/g;
note sprintf '%d releases, %d rows stranded by them, %d refusals, %d rows written since the crash', $releases + $more_releases,
	$stranded + $more_stranded, $refusals, $written;
cmp_ok($releases + $more_releases, '>', $seconds * 2, 'enough was released to prove something');
cmp_ok($stranded + $more_stranded, '>', 0, 'releases strand rows, which their audits name');
cmp_ok($refusals, '>', $seconds * 10, 'enough was refused to prove something');
is($slipped + $more_slipped, 0, 'no row comes to be that the release in force refuses, if releases wait for writers');

@running = start_writers();
my ($at_once, $slipped_at_once) = release_for($seconds / 2, 0);
stop_writers(@running);
note "$slipped_at_once rows slipped past $at_once releases that did not wait";

my %errors;
for my $writer (1 .. $writers)
{
	my $messages = PostgreSQL::Test::Utils::slurp_file("$folder/$writer.err");
	$errors{$1}++ while $messages =~ /ERROR:  (\w{5})/g;
}
delete @errors{qw(23514 40P01 25P02 57P01)};
is_deeply(\%errors, {}, 'no error but the expected ones reaches a writer');
$node->stop;

done_testing();
