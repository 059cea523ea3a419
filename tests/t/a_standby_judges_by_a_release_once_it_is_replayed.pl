# A standby answers reads and can be promoted. So it has to use a release as soon as it has replayed the primary's commit.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $primary = start_server('primary', '', allows_streaming => 1);
give_registries($primary, 'postgres');
$primary->safe_psql('postgres', q{
	CREATE TABLE workspaces (runtime text, model text);
	SELECT routable.attach('workspaces');
});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

sub replay
{
	$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
	return;
}

replay();
my $before = $standby->background_psql('postgres', on_error_stop => 0);
my $repeatable = $standby->background_psql('postgres', on_error_stop => 0);
judges($before, 't', 'a session of the standby judges by the built-in registry');
answer($repeatable, 'BEGIN ISOLATION LEVEL REPEATABLE READ;');
judges($repeatable, 't', 'so does one in REPEATABLE READ');

# A release that is not committed is not in force, even if the standby has received it.
my $releaser = $primary->background_psql('postgres', on_error_stop => 0);
answer($releaser, 'BEGIN;');
is(answer($releaser, release('withdrawn')), '1', 'the primary releases');
replay();
judges($before, 't', 'a release that is not committed is not in force on the standby');
answer($releaser, 'COMMIT;');
replay();
judges($before, 'f', 'a session of the standby from before judges by the release once it is replayed');
judges($repeatable, 'f', 'so does one in a REPEATABLE READ transaction from before');
is($standby->safe_psql('postgres', $judge), 'f', 'so does a new session');
is($standby->safe_psql('postgres', 'SELECT source, release FROM routable.registry'), 'release|1', 'routable.registry tells of it');
answer($repeatable, 'ROLLBACK;');

$primary->safe_psql('postgres', 'SELECT routable.revert(0)');
replay();
judges($before, 't', 'the built-in registry is in force again once that is replayed');
$primary->safe_psql('postgres', release('withdrawn'));
replay();

# A release that is rolled back has no effect on the standby either.
answer($releaser, 'BEGIN;');
answer($releaser, release('shipped'));
replay();
answer($releaser, 'ROLLBACK;');
replay();
judges($before, 'f', 'a release that is rolled back changes nothing on the standby');

# The primary fails during a release. The promoted standby has the committed registry.
answer($releaser, 'BEGIN;');
answer($releaser, release('shipped'));
replay();
$primary->stop('immediate');
$standby->promote;
judges($before, 'f', 'a session from before the promotion judges by the last release that was committed');
like(answer($before, q{INSERT INTO workspaces VALUES ('claude-code', 'kimi-k2');}), qr/^ERROR:  model "kimi-k2" is not routable/,
	'its writes are refused');
is($standby->safe_psql('postgres', release('shipped')), '4', 'the promoted standby releases');
judges($before, 't', 'which is in force for the session from before the promotion');
is(answer($before, q{INSERT INTO workspaces VALUES ('claude-code', 'kimi-k2');}), '', 'its writes are stored');

$_->quit for $before, $repeatable;
done_testing();
