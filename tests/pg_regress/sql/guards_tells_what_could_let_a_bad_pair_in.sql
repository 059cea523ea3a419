\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on
CREATE VIEW regress_state AS SELECT relation, state, issues, routable.is_guarded(relation) AS guarded FROM routable.guards ORDER BY 1;
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.is_guarded('workspaces'), count(*) FROM routable.guards;
SELECT routable.attach('workspaces');
\x on
SELECT * FROM routable.guards;
\x off
TABLE regress_state;

-- The last word is disabled, for replicas only, missing, or altered.
ALTER TABLE workspaces DISABLE TRIGGER model_routable_final;
TABLE regress_state;
ALTER TABLE workspaces ENABLE REPLICA TRIGGER model_routable_final;
TABLE regress_state;
DROP TRIGGER model_routable_final ON workspaces;
TABLE regress_state;
CREATE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces FOR EACH ROW WHEN (false)
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
TABLE regress_state;
DROP TRIGGER model_routable_final ON workspaces;
CREATE TRIGGER model_routable_final AFTER UPDATE OF runtime ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
TABLE regress_state;

-- Typed by hand without a condition, it is called for every row, and lets the same pairs pass.
DROP TRIGGER model_routable_final ON workspaces;
CREATE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
TABLE regress_state;
SET session_replication_role = 'replica';
TABLE regress_state;
RESET session_replication_role;

-- Settings that are weaker on purpose.
SELECT routable.attach('workspaces', on_insert => false);
TABLE regress_state;
SELECT routable.attach('workspaces', on_mismatch => 'warn');
TABLE regress_state;
SELECT routable.attach('workspaces', on_mismatch => 'reset');
ALTER TABLE workspaces DISABLE TRIGGER model_routable;
TABLE regress_state;
SELECT routable.attach('workspaces', unknown_runtime => 'deny', before_update => false);
TABLE regress_state;
SELECT routable.attach('workspaces', replicas => true);
TABLE regress_state;
SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY 1;
ALTER TABLE workspaces ENABLE TRIGGER ALL;
TABLE regress_state;
SELECT routable.attach('workspaces', replicas => true);
TABLE regress_state;

-- A renamed column. A column that is dropped with CASCADE, which also drops the last word.
ALTER TABLE workspaces RENAME COLUMN model TO llm;
TABLE regress_state;
SELECT routable.attach('workspaces', model_column => 'llm');
TABLE regress_state;
ALTER TABLE workspaces DROP COLUMN llm CASCADE;
TABLE regress_state;
DROP TABLE workspaces;

-- The parameter, in this session, the database, and a role.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.attach('workspaces');
SET model_routable.enforcement = 'warn';
TABLE regress_state;
RESET model_routable.enforcement;
CREATE ROLE regress_model_routable_lax;
ALTER ROLE regress_model_routable_lax SET model_routable.enforcement = 'warn';
TABLE regress_state;
DROP ROLE regress_model_routable_lax;
DROP TABLE workspaces;

-- Partitions and children.
CREATE TABLE workspaces (id int, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (100) TO (200);
SELECT routable.attach('workspaces_low');
SELECT routable.attach('workspaces');
TABLE regress_state;
ALTER TABLE workspaces_low DISABLE TRIGGER model_routable_final;
TABLE regress_state;
ALTER TABLE workspaces DETACH PARTITION workspaces_low;
TABLE regress_state;
SELECT routable.is_guarded('workspaces_low') AS low, routable.is_guarded('workspaces_high') AS high;
DROP TABLE workspaces, workspaces_low;
CREATE TABLE workspaces (id int, runtime text, model text);
CREATE TABLE regress_child () INHERITS (workspaces);
SELECT routable.attach('workspaces');
TABLE regress_state;
SELECT routable.attach('regress_child');
TABLE regress_state;
DROP TABLE workspaces CASCADE;

DROP VIEW regress_state;

-- A child whose guard judges other columns than the guard of its parent.
CREATE TABLE workspaces (runtime text, model text, second text);
CREATE TABLE regress_child () INHERITS (workspaces);
SELECT routable.attach('workspaces'), routable.attach('regress_child', model_column => 'second');
SELECT relation, state, issues, routable.is_guarded(relation) FROM routable.guards ORDER BY 1;
SELECT routable.attach('regress_child');
SELECT relation, state, issues, routable.is_guarded(relation) FROM routable.guards ORDER BY 1;
DROP TABLE workspaces CASCADE;
