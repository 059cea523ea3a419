# Logical replication of the table of releases: sessions of the subscriber use the registry that the publisher released. The
# apply worker runs as a replica, so only ENABLE ALWAYS triggers fire.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $publisher = start_server('publisher', '', allows_streaming => 'logical');
my $subscriber = start_server('subscriber', "wal_retrieve_retry_interval = 500ms\n");
give_registries($publisher, 'postgres');
$publisher->safe_psql('postgres', release('shipped'));
$publisher->safe_psql('postgres', 'CREATE PUBLICATION releases FOR TABLE routable.release_store');
$subscriber->safe_psql('postgres', q{
	CREATE TABLE workspaces (runtime text, model text);
	SELECT routable.attach('workspaces');
});
my $session = $subscriber->background_psql('postgres', on_error_stop => 0);
judges($session, 't', 'a session of the subscriber judges by the built-in registry');
is(answer($session, 'SELECT source FROM routable.registry;'), 'built in', 'and says so');

my $connection = $publisher->connstr . ' dbname=postgres';
$subscriber->safe_psql('postgres', "CREATE SUBSCRIPTION releases CONNECTION '$connection' PUBLICATION releases");
$subscriber->wait_for_subscription_sync($publisher, 'releases');
is(answer($session, 'SELECT source, release FROM routable.registry;'), 'release|1', 'what the initial copy brings is in force');

sub replicate
{
	$publisher->wait_for_catchup('releases');
	return;
}

$publisher->safe_psql('postgres', release('withdrawn', "'kimi-k2 is gone'"));
replicate();
judges($session, 'f', 'a session from before judges by a release that is replicated');
is($subscriber->safe_psql('postgres', $judge), 'f', 'so does a new one');
like(answer($session, q{INSERT INTO workspaces VALUES ('claude-code', 'kimi-k2');}), qr/^ERROR:  model "kimi-k2" is not routable/,
	'its writes are refused');
is($subscriber->safe_psql('postgres', 'SELECT number, note, released_by FROM routable.releases ORDER BY number'),
	$publisher->safe_psql('postgres', 'SELECT number, note, released_by FROM routable.releases ORDER BY number'),
	'the history is that of the publisher');

$publisher->safe_psql('postgres', 'SELECT routable.revert(0)');
replicate();
judges($session, 't', 'a revert to the built-in registry is replicated');

# An apply worker uses a release that it has just applied: a guard with replicas => true refuses rows in the same stream.
$publisher->safe_psql('postgres', 'CREATE TABLE rows (id int PRIMARY KEY, runtime text, model text)');
$subscriber->safe_psql('postgres', "CREATE TABLE rows (id int PRIMARY KEY, runtime text, model text);
	SELECT routable.attach('rows', replicas => true)");
$publisher->safe_psql('postgres', 'ALTER PUBLICATION releases ADD TABLE rows');
$subscriber->safe_psql('postgres', 'ALTER SUBSCRIPTION releases REFRESH PUBLICATION');
$subscriber->wait_for_subscription_sync($publisher, 'releases');
$publisher->safe_psql('postgres', q{INSERT INTO rows VALUES (1, 'claude-code', 'kimi-k2')});
replicate();
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM rows'), '1', 'the apply worker judges by the registry in force');
my $log = -s $subscriber->logfile;
$publisher->safe_psql('postgres', release('withdrawn'));
$publisher->safe_psql('postgres', q{INSERT INTO rows VALUES (2, 'claude-code', 'kimi-k2')});
$subscriber->wait_for_log(qr/ERROR:  .*model "kimi-k2" is not routable on runtime "claude-code": new row for relation "rows"/, $log);
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM rows'), '1', 'and by a release that it brought, in the next transaction');
$publisher->safe_psql('postgres', 'SELECT routable.revert(0)');
$subscriber->safe_psql('postgres', 'ALTER SUBSCRIPTION releases DISABLE');

$session->quit;
done_testing();
