# A restored database judges as the dumped one: the dump includes the releases, and rows from before the last release do not
# make the restore fail.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
my $folder = $PostgreSQL::Test::Utils::tmp_check;
$node->safe_psql('postgres', 'CREATE DATABASE dumped');
$node->safe_psql('dumped', 'CREATE EXTENSION model_routable');
give_registries($node, 'dumped');
$node->safe_psql('dumped', q{
	CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
	SELECT routable.attach('workspaces');
	INSERT INTO workspaces VALUES (1, 'claude-code', 'kimi-k2'), (2, 'claude-code', 'sonnet');
} . release('shipped', "'as it was built'") . 'SELECT routable.revert(0);' . release('withdrawn', "'kimi-k2 is gone'"));

my $history = q{SELECT number, released_at, released_by, note, sha256, runtimes, providers, models, md5(source) FROM routable.releases
	ORDER BY number};
my $dumped_history = $node->safe_psql('dumped', $history);
my $images = 'SELECT number, md5(image) FROM routable.release_store ORDER BY number';
my $dumped_images = $node->safe_psql('dumped', $images);
is($node->safe_psql('dumped', 'SELECT array_agg(number) FROM routable.releases'), '{1,2,3}', 'there are releases to dump');

# Makes a database with commands, which get its name in the variable DATABASE.
sub restored
{
	my ($database, @commands) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE template0");
	for my $command (@commands)
	{
		$node->command_ok([ map { s/DATABASE/$database/r } @$command ], "$database: $command->[0] ends without an error");
	}
	return;
}

my @psql = ('psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', 'DATABASE', '-f');
my %files = map { $_ => "$folder/$_" } qw(plain custom one_table);
$node->command_ok([ 'pg_dump', '-f', $files{plain}, 'dumped' ], 'pg_dump writes SQL');
$node->command_ok([ 'pg_dump', '-Fc', '-f', $files{custom}, 'dumped' ], 'pg_dump writes an archive');
$node->command_ok([ 'pg_dump', '-t', 'workspaces', '-f', $files{one_table}, 'dumped' ], 'pg_dump writes one table');

my $refused = qr/ERROR:  model "kimi-k2" is not routable/;

# Asserts that a database equals the dumped one.
sub as_dumped
{
	my ($database) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is($node->safe_psql($database, $history), $dumped_history, "$database: the releases are those that were dumped");
	is($node->safe_psql($database, $images), $dumped_images, "$database: so are their images");
	is($node->safe_psql($database, "$judge SELECT release FROM routable.registry"), "f\n3", "$database: the last is in force");
	is($node->safe_psql($database, 'SELECT id, model FROM workspaces ORDER BY id'), "1|kimi-k2\n2|sonnet",
		"$database: rows from before it are there");
	my (undef, undef, $stderr) = $node->psql($database, q{INSERT INTO workspaces VALUES (3, 'claude-code', 'kimi-k2')});
	like($stderr, $refused, "$database: the guard refuses what was withdrawn");
	$node->safe_psql($database, 'SELECT routable.revert(1)');
	is($node->safe_psql($database, "$judge SELECT release FROM routable.registry"), "t\n4", "$database: the next release is the next");
	return;
}

restored('by_psql', [ @psql, $files{plain} ]);
as_dumped('by_psql');
restored('by_pg_restore', [ 'pg_restore', '-j', '2', '-d', 'DATABASE', $files{custom} ]);
as_dumped('by_pg_restore');
restored('in_one_transaction', [ 'pg_restore', '-1', '-d', 'DATABASE', $files{custom} ]);
as_dumped('in_one_transaction');

# In parts. The guards exist before the data is restored.
my @schema = ('pg_restore', '--schema-only', '-d', 'DATABASE', $files{custom});
restored('in_parts', \@schema, [ 'pg_restore', '--data-only', '--disable-triggers', '-d', 'DATABASE', $files{custom} ]);
as_dumped('in_parts');

# A dump of one table includes no release. The registry of the new database applies.
restored('one_table', [ 'psql', '-XAtq', '-d', 'DATABASE', '-c', 'CREATE EXTENSION model_routable' ]);
my $session = $node->background_psql('one_table', on_error_stop => 0);
judges($session, 't', 'one_table: a session judges by the built-in registry');
$node->command_ok([ map { s/DATABASE/one_table/r } @psql, $files{one_table} ], 'one_table: the table is restored');
is($node->safe_psql('one_table', 'SELECT count(*) FROM routable.releases'), '0', 'one_table: no release came along');
is(answer($session, q{INSERT INTO workspaces VALUES (3, 'claude-code', 'kimi-k2');}), '',
	'one_table: the guard judges by the registry of the database');
give_registries($node, 'one_table');
$node->safe_psql('one_table', release('withdrawn'));
like(answer($session, q{INSERT INTO workspaces VALUES (4, 'claude-code', 'kimi-k2');}), $refused,
	'one_table: and by the release of that');
$session->quit;

# The releases alone, restored into a database with sessions. These sessions judge by them from then on.
restored('releases_alone', [ 'psql', '-XAtq', '-d', 'DATABASE', '-c', 'CREATE EXTENSION model_routable' ]);
$session = $node->background_psql('releases_alone', on_error_stop => 0);
judges($session, 't', 'releases_alone: a session judges by the built-in registry');
$node->command_ok([ 'pg_dump', '-a', '-t', 'routable.release_store', '-f', "$folder/releases", 'dumped' ], 'pg_dump writes the releases');
$node->command_ok([ map { s/DATABASE/releases_alone/r } @psql, "$folder/releases" ], 'releases_alone: they are restored');
judges($session, 'f', 'releases_alone: a session from before judges by the last of them');
$session->quit;

# If the triggers are enabled, the image in a dump is ignored.
my $forged = PostgreSQL::Test::Utils::slurp_file("$folder/releases");
is($forged =~ s/\\\\x4d[0-9a-f]+/\\\\x00/g, 2, 'the images of two releases are forged');
PostgreSQL::Test::Utils::append_to_file("$folder/forged", $forged);
restored('forged', [ 'psql', '-XAtq', '-d', 'DATABASE', '-c', 'CREATE EXTENSION model_routable' ], [ @psql, "$folder/forged" ]);
is($node->safe_psql('forged', $images), $dumped_images, 'forged: the server stores what it makes of the text');

done_testing();
