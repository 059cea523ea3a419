# A database with the SQL edition gets the extension in its place, and gives it back, while others write: the triggers stay the same,
# releases are carried along, and the update leaves what a new installation has.
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

# Writes good and bad pairs in one session until the test is done, and tells how many bad ones were stored. An error of a good write
# ends it. A refusal that is under way at the very moment calls functions that are gone, and so ends in another error.
my $writes = q{DO $$
	DECLARE bad int := 0; n int := 0;
	BEGIN
		WHILE to_regclass('done') IS NULL LOOP
			n := n + 1;
			BEGIN INSERT INTO workspaces VALUES (8, 'hermes', 'sonnet'); bad := bad + 1; EXCEPTION WHEN OTHERS THEN NULL; END;
			BEGIN UPDATE workspaces SET model = 'sonnet' WHERE id = 7; bad := bad + 1; EXCEPTION WHEN OTHERS THEN NULL; END;
			BEGIN INSERT INTO checked VALUES (8, 'hermes', 'sonnet'); bad := bad + 1; EXCEPTION WHEN OTHERS THEN NULL; END;
			UPDATE workspaces SET model = 'kimi-latest' WHERE id = 7;
			UPDATE workspaces SET model = 'moonshot/kimi-k2.6' WHERE id = 7;
			COMMIT;
		END LOOP;
		RAISE NOTICE 'bad %, % tries', bad, CASE WHEN n > 100 THEN 'many' ELSE n::text END;
	END $$};

is_guarded('by the edition');
$node->safe_psql('moved', "INSERT INTO workspaces VALUES (7, 'hermes', 'moonshot/kimi-k2.6')");
my ($out, $said) = ('', '');
my $writer = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr('moved') . ' user=app', '-c', $writes ], '<', '/dev/null',
	'>', \$out, '2>', \$said, IPC::Run::timeout(180));
$node->poll_query_until('moved', q{SELECT count(*) > 0 FROM pg_stat_activity WHERE usename = 'app' AND state = 'active'});
$node->safe_psql('moved', q{CREATE EXTENSION model_routable VERSION 'sql'; ALTER EXTENSION model_routable UPDATE});
is_guarded('by the extension');
is($node->safe_psql('moved', 'SELECT number, released_by, source IS NOT NULL FROM routable.releases'), '1|app|t', 'the release is carried along');
same_catalogue($node, 'new', 'moved', 'what the update leaves is what a new installation has');
# In one transaction, as docs/managed.md shows it.
my $objects = slurp_file($script) =~ s/^(?:BEGIN|COMMIT);\n//mgr;
my $back = "$script.back";
PostgreSQL::Test::Utils::append_to_file($back, "BEGIN;\nSET LOCAL routable.owner = 'app';\n"
	. slurp_file("$FindBin::RealBin/../sql_edition/leave_extension.sql") . "SET LOCAL ROLE app;\n${objects}COMMIT;\n");
run_edition($node, 'moved', $back);
is_guarded('by the edition again');
is($node->safe_psql('moved', 'SELECT string_agg(number::text, \' \' ORDER BY number) FROM routable.releases'), '1 2', 'and so are releases');
is($node->safe_psql('moved', q{SELECT count(*) FROM pg_proc WHERE probin LIKE '%model_routable%'}), '0', 'no function of the library is left');
$node->safe_psql('moved', 'CREATE TABLE done ()');
$writer->finish;
is($said =~ s/\n\z//r, 'NOTICE:  bad 0, many tries', 'a writer goes on meanwhile: every good write is stored, and no bad one');

done_testing();
