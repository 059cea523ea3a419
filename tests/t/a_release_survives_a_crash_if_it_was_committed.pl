# The server is killed at the worst moments of a release. After its recovery, committed releases are in force, and no others.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
give_registries($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE TABLE workspaces (runtime text, model text);
	SELECT routable.attach('workspaces');
});

sub in_force
{
	return $node->safe_psql('postgres', "$judge SELECT coalesce(max(number), 0) FROM routable.releases") =~ s/\n/, /r;
}

my $refused = qr/ERROR:  model "kimi-k2" is not routable/;
my $store = q{INSERT INTO workspaces VALUES ('claude-code', 'kimi-k2')};

sub stores
{
	my (undef, undef, $stderr) = $node->psql('postgres', $store);
	return $stderr;
}

is(in_force(), 't, 0', 'the built-in registry is in force');

my $releaser = $node->background_psql('postgres', on_error_stop => 0);
answer($releaser, 'BEGIN;');
is(answer($releaser, release('withdrawn')), '1', 'a release is stored');
judges($releaser, 'f', 'it is in force for its own transaction');
# Its changes are on disk.
$node->safe_psql('postgres', 'CHECKPOINT');
crash($node);
is(in_force(), 't, 0', 'after a crash before its commit, the built-in registry is in force');
is(stores(), '', 'and the guard takes what it took');

$node->safe_psql('postgres', release('withdrawn'));
crash($node);
is(in_force(), 'f, 1', 'after a crash right behind its commit, the release is in force');
like(stores(), $refused, 'and the guard refuses what it withdrew');

$releaser = $node->background_psql('postgres', on_error_stop => 0);
answer($releaser, 'BEGIN;');
answer($releaser, 'SELECT routable.revert(0);');
$node->safe_psql('postgres', 'CHECKPOINT');
crash($node);
is(in_force(), 'f, 1', 'after a crash before a revert commits, the release is in force as before');

$node->safe_psql('postgres', 'BEGIN; SELECT routable.revert(0); ' . "PREPARE TRANSACTION 'revert'");
crash($node);
is(in_force(), 'f, 1', 'a revert that was prepared before a crash is not in force after it');
my $before = $node->background_psql('postgres', on_error_stop => 0);
judges($before, 'f', 'a session does not judge by it');
$node->safe_psql('postgres', "COMMIT PREPARED 'revert'");
is(in_force(), 't, 2', 'once it is committed, it is in force');
judges($before, 't', 'also for a session from before');

# If a backend is killed, all sessions end, but not the server.
is(answer($before, 'BEGIN;'), '', 'a session begins');
is(answer($before, release('withdrawn')), '3', 'and releases');
my $pid = answer($before, 'SELECT pg_backend_pid();');
my @crashes = crashes_during($node, sub {
	kill KILL => $pid;
	# The postmaster learns of it a moment later.
	$node->wait_for_log(qr/\(PID $pid\) was terminated/);
});
is(scalar(@crashes), 1, 'its process is killed');
is(in_force(), 't, 2', 'what it did not commit is not in force');
is(stores(), '', 'and the guard takes what it took before');

done_testing();
