# pg_upgrade creates the schema while the extension's tables have no rows, and then moves the files of tables. The registry in
# force has to stay the same. Both clusters have the same version; pg_upgrade_to_a_later_version_takes_guards_along.pl has two
# versions.
use strict;
use warnings;

use File::Basename;
use Registries;
use ServerUnderTest;
use Test::More;

my $old = start_server('old');
give_registries($old, 'postgres');
$old->safe_psql('postgres', q{
	CREATE TABLE workspaces (id int, runtime text, model text);
	CREATE TABLE checked (id int, runtime text, model text);
	SELECT routable.attach('workspaces');
	SELECT routable.attach('checked', mechanism => 'check');
	INSERT INTO workspaces VALUES (1, 'claude-code', 'kimi-k2');
	INSERT INTO checked VALUES (1, 'claude-code', 'kimi-k2');
	CREATE DATABASE without_releases;
} . release('shipped') . release('withdrawn', "'kimi-k2 is gone'"));
$old->safe_psql('without_releases', 'CREATE EXTENSION model_routable');
my $state = 'SELECT number, released_at, released_by, note, sha256, md5(image), md5(source) FROM routable.release_store ORDER BY number;
	SELECT * FROM routable.registry; SELECT relation, mechanism, state, issues FROM routable.guards ORDER BY relation::text;
	TABLE workspaces; TABLE checked';
my $major = major($old);
my $before = $old->safe_psql('postgres', $state);
$old->stop;

my $new = PostgreSQL::Test::Cluster->new('new');
$new->init;
my $bindir = dirname(grep { -x } map { "$_/pg_ctl" } split /:/, $ENV{PATH});
chdir $PostgreSQL::Test::Utils::tmp_check;
# PostgreSQL 13 has no such option.
my @options = $major < 14 ? () : '--no-sync';
$new->command_ok([ 'pg_upgrade', @options, '-b', $bindir, '-B', $bindir, '-d', $old->data_dir, '-D', $new->data_dir,
		'-s', $new->host, '-p', $old->port, '-P', $new->port ], 'pg_upgrade takes a cluster with releases along');
$new->start;
is($new->safe_psql('postgres', $state), $before, 'releases, the registry in force, guards and rows are what they were');
is($new->safe_psql('postgres', $judge), 'f', 'the last release is in force');
for my $table ('workspaces', 'checked')
{
	my (undef, undef, $stderr) = $new->psql('postgres', "INSERT INTO $table VALUES (2, 'claude-code', 'kimi-k2')");
	like($stderr, qr/violates check constraint "${table}_model_routable"/, "$table refuses what it withdrew");
}
is($new->safe_psql('without_releases', $judge), 't', 'a database without a release has the built-in registry');
my $session = $new->background_psql('postgres', on_error_stop => 0);
judges($session, 'f', 'a session judges by the last release');
is($new->safe_psql('postgres', 'SELECT routable.revert(1)'), '3', 'the next release is the next');
judges($session, 't', 'and is in force for that session');

$session->quit;
done_testing();
