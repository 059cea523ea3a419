# The script of the SQL edition, run by a role that may only create schemas, and by one like the first role of a managed service. Nothing
# that a writer sets, creates or puts in front of something else changes what its guards answer, and running it again leaves the guards.
use strict;
use warnings;

use Edition;
use PostgreSQL::Test::Utils;
use ServerUnderTest;
use Test::More;

my $node = start_server('main', '', without_extension => 1, extra => [ '--encoding=UTF8', '--locale=C' ]);
my $script = edition_script();
my $refused = qr/ERROR:  model "sonnet" is not routable on runtime "hermes"/;

# What psql prints for a script of a role, messages included.
sub as_role
{
	my ($role, $database, $statements) = @_;
	my $out = '';
	IPC::Run::run([ 'psql', '-XAtq', '-d', $node->connstr($database) . " user=$role" ], '<', \$statements, '>', \$out, '2>&1');
	return $out =~ s/\n\z//r;
}

$node->safe_psql('postgres', q{
	CREATE ROLE plain LOGIN;
	CREATE ROLE master LOGIN CREATEDB CREATEROLE;
	CREATE ROLE writer LOGIN;
	CREATE DATABASE of_plain;
	GRANT CREATE ON DATABASE of_plain TO plain;
	CREATE DATABASE of_master OWNER master;
});

for my $owner (qw(plain master))
{
	my $database = "of_$owner";
	$node->safe_psql($database, "CREATE SCHEMA app AUTHORIZATION $owner; ALTER DATABASE $database SET search_path = app, public");
	run_edition($node, $database, $script, $owner);
	is(as_role($owner, $database, q{
		CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
		SELECT routable.attach('workspaces');
		CREATE TABLE typed (id int PRIMARY KEY, runtime text, model text);
		CREATE TRIGGER model_routable BEFORE UPDATE ON typed FOR EACH ROW
		  EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=typed_model_routable');
		CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON typed NOT DEFERRABLE FOR EACH ROW
		  WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text))
		  EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=typed_model_routable');
		CREATE TABLE checked (id int PRIMARY KEY, runtime text, model text);
		SELECT routable.attach('checked', mechanism => 'check');
		CREATE TABLE renamed (id int PRIMARY KEY, engine varchar(40), llm varchar(40));
		SELECT routable.attach('renamed', 'engine', 'llm');
		GRANT USAGE ON SCHEMA app TO writer;
		GRANT ALL ON ALL TABLES IN SCHEMA app TO writer;
		SELECT relation, state, issues FROM routable.guards WHERE state <> 'enforcing';
		SELECT bool_and(routable.is_guarded(relation)) FROM routable.guards;
	}), "\n\n\nt", "$owner puts every kind of guard on tables of its own");
	is(as_role('writer', $database, "INSERT INTO $_ VALUES (1, 'hermes', 'moonshot/kimi-k2.6')"), '', "a writer stores what is routable: $_, $owner")
	  for qw(workspaces typed checked renamed);
	like(as_role('writer', $database, "INSERT INTO $_ VALUES (2, 'hermes', 'sonnet')"), qr/violates check constraint/, "and nothing else: $_, $owner")
	  for qw(workspaces typed checked renamed);
	like(as_role('writer', $database, 'SELECT routable.revert(1)'), qr/permission denied/, "a writer does not release: $owner");
	like(as_role('writer', $database, 'CREATE FUNCTION routable.x() RETURNS int LANGUAGE sql AS $$SELECT 1$$'), qr/permission denied/,
		"nor create anything beside the guard: $owner");
}

# What a writer can put in the way: each of these would raise an error or say that all is well, if the guard found it.
my %tricks = (
	'parameters' => q{SET model_routable.enforcement = 'warn'; SET routable.enforcement = 'warn'; SET routable.warned = 'x';
		SET routable.schema = 'evil';},
	'temporary types' => join(' ', map { qq{CREATE DOMAIN pg_temp."$_" AS pg_catalog.text CHECK (false);} }
		qw(text jsonb record regtype name oid bool int4 int8 varchar regclass char)),
	'temporary tables' => join(' ', map { qq{CREATE TEMP TABLE $_ (oid oid, relname name);} }
		qw(pg_trigger pg_attribute pg_class pg_type pg_cast pg_proc pg_namespace release_store)),
	'functions and operators' => q{
		CREATE SCHEMA evil;
		CREATE FUNCTION evil.model_routable(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
		CREATE FUNCTION evil.jsonb_exists(jsonb, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
		CREATE FUNCTION evil.yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
		CREATE FUNCTION evil.yes(jsonb, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
		CREATE FUNCTION evil.nothing(text, text) RETURNS text LANGUAGE sql AS $$SELECT ''::text$$;
		CREATE FUNCTION evil.btrim(text, text) RETURNS text LANGUAGE sql AS $$SELECT ''::text$$;
		CREATE FUNCTION evil.textcat(text, text) RETURNS text LANGUAGE sql AS $$SELECT ''::text$$;
		CREATE FUNCTION evil.concat_ws(text, text, text) RETURNS text LANGUAGE sql AS $$SELECT ''::text$$;
		CREATE FUNCTION evil.format(text, text) RETURNS text LANGUAGE sql AS $$SELECT ''::text$$;
		CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.yes);
		CREATE OPERATOR evil.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.yes);
		CREATE OPERATOR evil.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.yes);
		CREATE OPERATOR evil.? (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = evil.yes);
		CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.nothing);
		SET search_path = evil, app, pg_catalog;},
);
$node->safe_psql('of_plain', 'GRANT CREATE ON DATABASE of_plain TO writer');
for my $trick (sort keys %tricks)
{
	for my $table (qw(workspaces typed renamed))
	{
		my ($runtime, $model) = $table eq 'renamed' ? qw(engine llm) : qw(runtime model);
		my $said = as_role('writer', 'of_plain', qq{
			SET client_min_messages = warning;
			BEGIN; $tricks{$trick}
			SAVEPOINT s;
			INSERT INTO app.$table VALUES (2, 'hermes', 'sonnet');
			ROLLBACK TO s;
			UPDATE app.$table SET $model = 'sonnet';
			ROLLBACK TO s;
			INSERT INTO app.$table VALUES (3, 'codex', 'gpt-5.5'), (4, 'claude-code', 'claude-another'), (5, 'elsewhere', 'x'), (6, 'codex', NULL);
			UPDATE app.$table SET id = id OPERATOR(pg_catalog.+) 10;
			UPDATE app.$table SET $model = 'claude-opus-4-7' WHERE id OPERATOR(pg_catalog.=) 14;
			SELECT pg_catalog.count(*) FROM app.$table;
			SELECT routable.passes('Hermes', 'sonnet', 'deny', 'deny'), routable.passes('hermes', 'moonshot/kimi-k2.6', 'deny', 'deny');
			ROLLBACK;});
		my @lines = grep { !/^(?:DETAIL|HINT|CONTEXT|PL\/pgSQL|SQL )/ } split /\n/, $said;
		is_deeply([ map { /^ERROR:  model "sonnet" is not routable on runtime "hermes"/ ? 'refused' : $_ } @lines ], [ 'refused', 'refused', 5, 'f|t' ],
			"$trick of the writer change nothing: $table");
	}
}

like(as_role('plain', 'of_plain', q{
	CREATE TABLE strict (runtime text, model text);
	SELECT routable.attach('strict', unknown_runtime => 'deny');
	INSERT INTO strict VALUES (NULL, E'hermes\x1fmoonshot/kimi-k2.6');
}), qr/RUNTIME_UNSUPPORTED/, 'a model cannot bring its runtime along, as the text by which pairs are looked up does');

# Run again, while others write.
my $triggers = q{SELECT string_agg(concat_ws(' ', oid, tgrelid::regclass, tgname, tgfoid), ', ' ORDER BY oid) FROM pg_trigger
	WHERE tgfoid = 'routable.guard()'::regprocedure};
my $functions = q{SELECT string_agg(concat_ws(' ', oid, oid::regprocedure), ', ' ORDER BY oid) FROM pg_proc
	WHERE proname IN ('guard', 'model_routable', 'passes')};
my @before = map { $node->safe_psql('of_plain', $_) } $triggers, $functions;
my $loop = q{DO $$
	DECLARE bad int := 0; good int := 0; n int := 0;
	BEGIN
		WHILE NOT EXISTS (SELECT FROM pg_class WHERE relname = 'done') LOOP
			n := n + 1;
			BEGIN INSERT INTO app.workspaces VALUES (100, 'hermes', 'sonnet'); bad := bad + 1; EXCEPTION WHEN check_violation THEN NULL; END;
			BEGIN UPDATE app.workspaces SET model = 'sonnet'; bad := bad + 1; EXCEPTION WHEN check_violation THEN NULL; END;
			UPDATE app.workspaces SET model = 'moonshot/kimi-k2.5'; UPDATE app.workspaces SET model = 'moonshot/kimi-k2.6';
			good := good + 1;
			COMMIT;
		END LOOP;
		RAISE NOTICE 'bad %, all of % tries %', bad, CASE WHEN n > 0 THEN 'many' ELSE 'no' END, CASE WHEN good = n THEN 'good' ELSE 'refused' END;
	END $$};
my ($out, $said) = ('', '');
my $writer = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr('of_plain') . ' user=writer', '-c', $loop ], '<', '/dev/null', '>', \$out, '2>', \$said,
	IPC::Run::timeout(180));
my $again = run_edition($node, 'of_plain', $script, 'plain');
run_edition($node, 'of_plain', $script, 'plain');
$node->safe_psql('of_plain', 'CREATE TABLE done ()');
$writer->finish;
like($again, qr/NOTICE:  the registry is in force already, as release 1/, 'the script can be run again, which stores no second release');
is_deeply([ map { $node->safe_psql('of_plain', $_) } $triggers, $functions ], \@before, 'it leaves the triggers, and the functions that they call');
is($said =~ s/\n\z//r, 'NOTICE:  bad 0, all of many tries good', 'a writer that goes on meanwhile is neither let through nor in the way');

done_testing();
