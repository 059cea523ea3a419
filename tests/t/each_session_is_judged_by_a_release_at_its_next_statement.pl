# A pooled connection lives for days. After a release, every session refuses a withdrawn id from its next statement on, even
# in an open transaction.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
give_registries($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE TABLE workspaces (id serial, runtime text, model text);
	SELECT routable.attach('workspaces');
	CREATE PROCEDURE store(times int, pause float) LANGUAGE plpgsql AS $$
	BEGIN
		FOR pass IN 1 .. times LOOP
			INSERT INTO workspaces (runtime, model) VALUES ('claude-code', 'kimi-k2');
			COMMIT;
			PERFORM pg_sleep(pause);
		END LOOP;
	END
	$$;
});
my $store = q{INSERT INTO workspaces (runtime, model) VALUES ('claude-code', 'kimi-k2');};
my $refused = 'ERROR:  model "kimi-k2" is not routable on runtime "claude-code":'
  . ' new row for relation "workspaces" violates check constraint "workspaces_model_routable"';

my %sessions = map { $_ => $node->background_psql('postgres', on_error_stop => 0) }
  ('idle', 'prepared', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE', 'cursor');
answer($sessions{$_}, $store) for keys %sessions;
answer($sessions{prepared}, "PREPARE store AS $store");
is(answer($sessions{prepared}, 'EXECUTE store;'), '', 'a statement is prepared while the pair is routable');
for my $level ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE')
{
	# A release that waits for writers waits for a running writer, and not for a reader.
	answer($sessions{$level}, "BEGIN ISOLATION LEVEL $level;");
	is(answer($sessions{$level}, $judge), 't', "$level: the pair is routable as the transaction begins");
}
answer($sessions{cursor}, "BEGIN; DECLARE answers CURSOR FOR SELECT model_routable('claude-code', 'kimi-k2') FROM generate_series(1, 2);");
is(answer($sessions{cursor}, 'FETCH answers;'), 't', 'the pair is routable as the cursor begins');

$node->safe_psql('postgres', release('withdrawn'));

is(answer($sessions{idle}, $store), $refused, 'an idle session is refused at its next statement');
is(answer($sessions{prepared}, 'EXECUTE store;'), $refused, 'so is a statement that was prepared before');
for my $level ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE')
{
	is(answer($sessions{$level}, $judge), 'f', "$level: so is a transaction that was open before");
	is(answer($sessions{$level}, $store), $refused, "$level: its writes are refused as well");
	answer($sessions{$level}, 'ROLLBACK;');
}
is(answer($sessions{cursor}, 'FETCH answers;'), 'f', 'the next FETCH from a cursor that was open before is a statement, too');
answer($sessions{cursor}, 'ROLLBACK;');

# The other way round: a release that does not wait, while writers are running.
answer($sessions{idle}, 'BEGIN;');
is(answer($sessions{idle}, $store), $refused, 'the pair is refused');
answer($sessions{idle}, 'ROLLBACK;');
answer($sessions{idle}, q{BEGIN; INSERT INTO workspaces (runtime, model) VALUES ('claude-code', 'sonnet');});
$node->safe_psql('postgres', release('shipped', 'wait_for_writers => false'));
is(answer($sessions{idle}, $store), '', 'a transaction that wrote before stores what was released meanwhile');
answer($sessions{idle}, 'COMMIT;');

# A procedure that commits uses the registry that is in force at the start of each of its transactions.
my $rows = $node->safe_psql('postgres', 'SELECT count(*) FROM workspaces');
my ($out, $messages) = ('', '');
my ($procedure, $file) = start_script($node, 'postgres', 'CALL store(500, 0.01);', \$out, \$messages);
$node->poll_query_until('postgres', "SELECT count(*) > $rows + 3 FROM workspaces") or die 'the procedure stores nothing';
$node->safe_psql('postgres', release('withdrawn'));
my $before = $node->safe_psql('postgres', 'SELECT count(*) FROM workspaces');
$procedure->finish;
like($messages, qr/\Q$refused\E/, 'a procedure is refused at its next transaction');
is($node->safe_psql('postgres', 'SELECT count(*) FROM workspaces'), $before, 'it stores no row after the release');

$_->quit for values %sessions;
done_testing();
