# All processes of a parallel query give the same answer, even right after a release, in the transaction of the release, and
# in a transaction whose snapshot is older.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main', "max_worker_processes = 16\nmax_parallel_workers = 12\n");
give_registries($node, 'postgres');
# 400,000 rows. The release makes half of them unroutable.
$node->safe_psql('postgres', q{
	CREATE TABLE pairs AS
		SELECT n, 'claude-code' AS runtime, CASE n % 2 WHEN 0 THEN 'kimi-k2' ELSE 'sonnet' END AS model
		FROM generate_series(1, 400000) AS n;
	ALTER TABLE pairs SET (parallel_workers = 3);
	ANALYZE pairs;
});
my ($all, $half) = (400000, 200000);
my $parallel = "SET max_parallel_workers_per_gather = 3; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
	SET min_parallel_table_scan_size = 0;";
my $count = 'SELECT count(*) FROM pairs WHERE model_routable(runtime, model);';
my %leaders = ('workers alone' => 'off', 'the leader as well' => 'on');

sub session
{
	my ($participation) = @_;
	my $session = $node->background_psql('postgres', on_error_stop => 0);
	answer($session, "$parallel SET parallel_leader_participation = $leaders{$participation};");
	return $session;
}

sub in_force
{
	my ($name) = @_;
	$node->safe_psql('postgres', $name eq 'shipped' ? 'SELECT routable.revert(0)' : release($name));
	return;
}

for my $participation (sort keys %leaders)
{
	in_force('shipped') if $node->safe_psql('postgres', $judge) eq 'f';
	my $session = session($participation);
	like(answer($session, "EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) $count"), qr/Workers Launched: [123]/,
		"$participation: the query runs in several processes");
	is(answer($session, $count), $all, "$participation: by the built-in registry");
	in_force('withdrawn');
	is(answer($session, $count), $half, "$participation: by a release, in a session that had judged before");
	in_force('shipped');
	judges($session, 't', "$participation: the leader alone judges by the next release");
	is(answer($session, $count), $all, "$participation: and then with others");

	for my $level ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE')
	{
		answer($session, "BEGIN ISOLATION LEVEL $level;");
		is(answer($session, $count), $all, "$participation, $level: before its own release");
		answer($session, release('withdrawn', 'wait_for_writers => false'));
		is(answer($session, $count), $half, "$participation, $level: in the transaction of the release");
		judges($session, 'f', "$participation, $level: as the leader alone");
		answer($session, 'ROLLBACK;');
		is(answer($session, $count), $all, "$participation, $level: after it is rolled back");
	}
	answer($session, 'BEGIN; SAVEPOINT before;');
	answer($session, release('withdrawn', 'wait_for_writers => false'));
	answer($session, 'ROLLBACK TO before;');
	is(answer($session, $count), $all, "$participation: after a savepoint took the release back");
	answer($session, 'ROLLBACK;');

	# The snapshot is older than the release. All processes judge by what is in force now.
	for my $level ('REPEATABLE READ', 'SERIALIZABLE')
	{
		in_force('shipped') if $node->safe_psql('postgres', $judge) eq 'f';
		for my $first ('with others first', 'alone first')
		{
			answer($session, "BEGIN ISOLATION LEVEL $level;");
			is(answer($session, $count), $all, "$participation, $level, $first: before another session's release");
			in_force('withdrawn');
			judges($session, 'f', "$participation, $level, $first: the leader alone judges by it") if $first eq 'alone first';
			is(answer($session, $count), $half, "$participation, $level, $first: all judge by what is in force now");
			judges($session, 'f', "$participation, $level, $first: and the leader alone judges by it afterwards");
			answer($session, 'ROLLBACK;');
			is(answer($session, $count), $half, "$participation, $level, $first: as all do, once the transaction has ended");
			in_force('shipped');
		}
	}
	$session->quit;
}

# PostgreSQL's setting for tests: one worker runs a query that has no table.
in_force('shipped') if $node->safe_psql('postgres', $judge) eq 'f';
my $session = session('the leader as well');
answer($session, 'SET ' . (major($node) >= 16 ? 'debug_parallel_query' : 'force_parallel_mode') . ' = on;');
judges($session, 't', 'a worker that answers alone judges by the registry in force');
in_force('withdrawn');
judges($session, 'f', 'and by a release');
answer($session, 'BEGIN; SELECT routable.revert(0);');
judges($session, 't', 'and by that of its own transaction');
answer($session, 'ROLLBACK;');
judges($session, 'f', 'which it forgets as that is rolled back');
$session->quit;

done_testing();
