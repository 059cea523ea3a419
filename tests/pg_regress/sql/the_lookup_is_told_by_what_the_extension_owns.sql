-- The schema of model_routable() has its own owner, who can rename it and create another function in its place.
CREATE DATABASE regress_model_routable_schema TEMPLATE template0;
SELECT current_database() AS original \gset
\c regress_model_routable_schema
\set SHOW_CONTEXT never
CREATE SCHEMA "100%s";
CREATE EXTENSION model_routable SCHEMA "100%s";
CREATE TABLE workspaces (id int, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT mechanism, state, issues FROM routable.guards;
SELECT routable.attach('workspaces');
SELECT mechanism, state, issues FROM routable.guards;
SELECT model, code FROM routable.audit('workspaces');

ALTER SCHEMA "100%s" RENAME TO renamed;
CREATE SCHEMA "100%s";
CREATE FUNCTION "100%s".model_routable(runtime text, model text) RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN RAISE WARNING 'a planted function ran as %', current_user; RETURN true; END $$;
SELECT routable.attach('workspaces');
SELECT mechanism, state, issues, routable.is_guarded('workspaces') FROM routable.guards;
SELECT model, code FROM routable.audit('workspaces');
SELECT routable.detach('workspaces');
SELECT routable.attach('workspaces', unknown_runtime => 'deny');
SELECT pg_get_triggerdef(oid) LIKE '%NOT routable.passes(%' AS bound FROM pg_trigger WHERE tgname = 'model_routable_final';
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet');
-- Triggers and constraints that call that function are not guards.
SELECT routable.detach('workspaces');
ALTER TABLE workspaces ADD CHECK ("100%s".model_routable(runtime, model)) NOT VALID;
CREATE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces FOR EACH ROW WHEN (NOT "100%s".model_routable(NEW.runtime, NEW.model))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
SELECT mechanism, state, issues, routable.is_guarded('workspaces') FROM routable.guards;
DROP TABLE workspaces;

-- With an overload whose arguments have defaults, a call by name would be ambiguous.
CREATE FUNCTION renamed.model_routable(text, text, text DEFAULT '') RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE TABLE workspaces (id int, runtime text, model varchar(60));
SELECT routable.attach('workspaces');
SELECT routable.attach('workspaces');
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet');
\c :original
DROP DATABASE regress_model_routable_schema;
