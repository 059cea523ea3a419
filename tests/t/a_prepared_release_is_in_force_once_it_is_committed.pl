# Two-phase commit: a prepared release applies to no session, and to every session after COMMIT PREPARED.
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
my ($releaser, $other) = map { $node->background_psql('postgres', on_error_stop => 0) } 1, 2;
my $store = q{INSERT INTO workspaces VALUES ('claude-code', 'kimi-k2');};
judges($other, 't', 'another session judges by the built-in registry');

sub prepare
{
	my ($number, $wait) = @_;
	answer($releaser, 'BEGIN;');
	is(answer($releaser, release('withdrawn', "wait_for_writers => $wait")), $number, "a release is stored, wait_for_writers => $wait");
	judges($releaser, 'f', 'it is in force for its own transaction');
	is(answer($releaser, "PREPARE TRANSACTION 'release';"), '', 'and prepared');
	judges($releaser, 't', 'the session that prepared it judges without it');
	judges($other, 't', 'so does another session');
	is($node->safe_psql('postgres', $judge), 't', 'so does a new one');
	return;
}

prepare(1, 'false');
is(answer($other, $store), '', 'who writes is judged without it');
$node->safe_psql('postgres', "ROLLBACK PREPARED 'release'");
judges($_, 't', 'after ROLLBACK PREPARED, nothing has changed') for $releaser, $other;
is($node->safe_psql('postgres', 'SELECT count(*) FROM routable.releases'), '0', 'and the history has no release');

prepare(1, 'false');
$node->safe_psql('postgres', "COMMIT PREPARED 'release'");
judges($_, 'f', 'after COMMIT PREPARED, it is in force for sessions from before') for $releaser, $other;
is($node->safe_psql('postgres', $judge), 'f', 'and for a new one');
is(answer($other, $store), 'ERROR:  model "kimi-k2" is not routable on runtime "claude-code":'
	  . ' new row for relation "workspaces" violates check constraint "workspaces_model_routable"', 'who writes is judged by it');

# A release that blocks writers blocks them until it is committed.
$node->safe_psql('postgres', 'SELECT routable.revert(0)');
prepare(3, 'true');
is(answer($other, "SET lock_timeout = '100ms'; $store"), 'ERROR:  canceling statement due to lock timeout',
	'a writer waits for a prepared release that waited for writers');
answer($other, 'SET lock_timeout = 0;');
my ($out, $messages) = ('', '');
my ($writer, $file) = start_script($node, 'postgres', $store, \$out, \$messages);
$node->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND relation = 'workspaces'::regclass")
  or die 'the writer does not wait';
answer($releaser, "COMMIT PREPARED 'release';");
$writer->finish;
like($messages, qr/ERROR:  model "kimi-k2" is not routable/, 'once it is committed, the writer that waited is judged by it');

# A release that the transaction undid is not prepared.
$node->safe_psql('postgres', 'SELECT routable.revert(0)');
answer($releaser, 'BEGIN; SAVEPOINT before;');
answer($releaser, release('withdrawn'));
answer($releaser, "ROLLBACK TO before; CREATE TABLE proof (); PREPARE TRANSACTION 'release'; COMMIT PREPARED 'release';");
is($node->safe_psql('postgres', "$judge SELECT count(*) FROM proof"), "t\n0",
	'a release that a savepoint took back does not come back with the prepared transaction');

$_->quit for $releaser, $other;
done_testing();
