# A database with the SQL edition gets the extension in its place, and gives it back: the triggers are the same ones all the time, releases
# are carried along, and what the update leaves is what a new installation has.
use strict;
use warnings;

use Edition;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;
use Upgrade;

my $node = start_server('main', '', extra => [ '--encoding=UTF8', '--locale=C' ]);
my $script = edition_script();
$node->safe_psql('postgres', 'CREATE ROLE app LOGIN; CREATE DATABASE moved OWNER app');
extension_database($node, 'new');
$node->safe_psql('moved', 'GRANT CREATE ON SCHEMA public TO app');
run_edition($node, 'moved', $script, 'app');
$node->safe_psql('moved', q{
	SET ROLE app;
	CREATE TABLE workspaces (id int, runtime text, model text);
	SELECT routable.attach('workspaces');
	CREATE TABLE checked (id int, runtime text, model text);
	SELECT routable.attach('checked', mechanism => 'check')});

my $guards = q{SELECT string_agg(concat_ws(' ', oid, tgname, tgfoid), ', ' ORDER BY oid) FROM pg_trigger WHERE tgfoid = 'routable.guard()'::regprocedure};
my $before = $node->safe_psql('moved', $guards);

sub is_guarded
{
	my ($where) = @_;
	for my $table (qw(workspaces checked))
	{
		my ($code, undef, $said) = $node->psql('moved', "INSERT INTO $table VALUES (1, 'hermes', 'sonnet')");
		like($said, qr/violates check constraint "${table}_model_routable"/, "a bad pair is refused $where: $table");
		is($node->psql('moved', "INSERT INTO $table VALUES (1, 'hermes', 'moonshot/kimi-k2.6')"), 0, "and a good one is not: $table");
	}
	return is($node->safe_psql('moved', $guards), $before, "the triggers are the same ones $where");
}

is_guarded('by the edition');
$node->safe_psql('moved', q{CREATE EXTENSION model_routable VERSION 'sql'; ALTER EXTENSION model_routable UPDATE});
is_guarded('by the extension');
is($node->safe_psql('moved', 'SELECT number, released_by, source IS NOT NULL FROM routable.releases'), '1|app|t', 'the release is carried along');
same_catalogue($node, 'new', 'moved', 'what the update leaves is what a new installation has');
$node->safe_psql('moved', "SET routable.owner = 'app';\nBEGIN;\n" . slurp_file("$FindBin::RealBin/../sql_edition/leave_extension.sql") . 'COMMIT;');
run_edition($node, 'moved', $script, 'app');
is_guarded('by the edition again');
is($node->safe_psql('moved', 'SELECT string_agg(number::text, \' \' ORDER BY number) FROM routable.releases'), '1 2', 'and so are releases');
is($node->safe_psql('moved', q{SELECT count(*) FROM pg_proc WHERE probin LIKE '%model_routable%'}), '0', 'no function of the library is left');

done_testing();
