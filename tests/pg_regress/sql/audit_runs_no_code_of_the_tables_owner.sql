-- A superuser who audits a table of another owner, and runs the proposed statements, runs no code of that owner.
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE ROLE regress_model_routable_owner;
CREATE SCHEMA regress_owned AUTHORIZATION regress_model_routable_owner;
SET ROLE regress_model_routable_owner;
CREATE FUNCTION regress_owned.ran(what text) RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RAISE WARNING '% ran as %', what, current_user; RETURN 'hermes'; END $$;
CREATE TYPE regress_owned.engine AS ENUM ('hermes', 'claude-code');
CREATE FUNCTION regress_owned.engine_text(regress_owned.engine) RETURNS text LANGUAGE sql AS $$ SELECT regress_owned.ran('cast of an enum') $$;
CREATE CAST (regress_owned.engine AS text) WITH FUNCTION regress_owned.engine_text(regress_owned.engine);
CREATE TYPE regress_owned.pair AS (runtime text, model text);
CREATE FUNCTION regress_owned.pair_text(regress_owned.pair) RETURNS text LANGUAGE sql AS $$ SELECT regress_owned.ran('cast of a row') $$;
CREATE CAST (regress_owned.pair AS text) WITH FUNCTION regress_owned.pair_text(regress_owned.pair);
CREATE TABLE regress_owned.workspaces (id int, runtime regress_owned.engine, model regress_owned.pair, plain varchar(60), engine varchar(60));
INSERT INTO regress_owned.workspaces VALUES (1, 'hermes', ('a', 'b'), 'claude-code/sonet', 'hermes'), (2, 'hermes', ('a', 'b'), 'SONNET', 'claude-code');
CREATE VIEW regress_owned.seen AS SELECT regress_owned.ran('view')::text AS runtime, 'x'::text AS model;
-- A trigger whose arguments name such a column.
CREATE TRIGGER aaa AFTER INSERT OR UPDATE ON regress_owned.workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
-- Operators that match varchar better than PostgreSQL's own.
CREATE FUNCTION regress_owned.equal(varchar, varchar) RETURNS boolean LANGUAGE sql AS $$ SELECT regress_owned.ran('operator') IS NOT NULL $$;
CREATE OPERATOR regress_owned.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = regress_owned.equal);
RESET ROLE;
SET search_path = regress_owned, public;

SELECT * FROM routable.audit('regress_owned.workspaces');
SELECT * FROM routable.audit('regress_owned.workspaces', 'runtime', 'plain');
SELECT * FROM routable.audit('regress_owned.workspaces', 'engine', 'model');
SELECT * FROM routable.audit('regress_owned.seen');
SELECT relation, state, issues FROM routable.guards;
SELECT routable.is_guarded('regress_owned.workspaces');
SELECT routable.attach('regress_owned.workspaces');
DROP TRIGGER aaa ON regress_owned.workspaces;
SELECT fix_sql FROM routable.audit('regress_owned.workspaces', 'engine', 'plain') WHERE fix_sql IS NOT NULL
\gexec
SELECT routable.attach('regress_owned.workspaces', 'engine', 'plain');
SELECT routable.detach('regress_owned.workspaces');
SELECT engine, plain FROM regress_owned.workspaces ORDER BY id;

-- If the column's type does not have the suggestion, there is no statement.
DROP CAST (regress_owned.engine AS text);
CREATE TYPE regress_model AS ENUM ('SONNET', 'opus');
CREATE TABLE regress_labels (runtime text, model regress_model);
INSERT INTO regress_labels VALUES ('claude-code', 'SONNET');
SELECT model, suggestion, fix_sql FROM routable.audit('regress_labels');
ALTER TYPE regress_model ADD VALUE 'sonnet';
SELECT model, suggestion, fix_sql FROM routable.audit('regress_labels');
SELECT fix_sql FROM routable.audit('regress_labels')
\gexec
TABLE regress_labels;
DROP TABLE regress_labels;
DROP TYPE regress_model;
RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA regress_owned CASCADE;
DROP ROLE regress_model_routable_owner;
