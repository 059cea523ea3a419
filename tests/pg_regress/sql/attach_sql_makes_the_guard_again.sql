-- routable.guards shows the call that makes each guard, with all its settings.
CREATE TABLE "Agents of ""x""" (id int, runtime text, model text, "it's" text, "back\slash" text, generated text GENERATED ALWAYS AS (lower(model)) STORED);
SELECT routable.attach('"Agents of ""x"""');
SELECT routable.attach('"Agents of ""x"""', model_column => 'it''s', on_mismatch => 'reset', unknown_runtime => 'deny', near_miss => 'warn', replicas => true);
SELECT routable.attach('"Agents of ""x"""', E'back\\slash', 'model', on_insert => false, near_miss => 'deny');
SELECT routable.attach('"Agents of ""x"""', model_column => 'generated', before_update => false, on_mismatch => 'warn');
SELECT routable.attach('"Agents of ""x"""', 'it''s', 'model', deferral => 'deferred');
SELECT routable.attach('"Agents of ""x"""', 'it''s', E'back\\slash', deferral => 'immediate');
SELECT routable.attach('"Agents of ""x"""', 'model', 'runtime', mechanism => 'check');
SELECT attach_sql FROM routable.guards ORDER BY attach_sql COLLATE "C";

CREATE TABLE regress_before AS SELECT * FROM routable.guards;
SELECT attach_sql FROM routable.guards ORDER BY constraint_name COLLATE "C" \gexec
DO $$
DECLARE
    attach CONSTANT text := (SELECT string_agg(attach_sql, ' ') FROM routable.guards);
BEGIN
    PERFORM routable.detach(relation) FROM (SELECT DISTINCT relation FROM routable.guards) AS guarded;
    ASSERT NOT EXISTS (SELECT FROM routable.guards);
    EXECUTE attach;
END
$$;
-- The constraint names are the same again.
ALTER TABLE regress_before DROP COLUMN constraint_name;
CREATE VIEW regress_after AS SELECT relation, mechanism, runtime_column, model_column, on_mismatch, unknown_runtime, on_insert,
    before_update, replicas, state, issues, near_miss, deferral, attach_sql FROM routable.guards;
TABLE regress_before EXCEPT TABLE regress_after;
SELECT (SELECT count(*) FROM regress_before), (SELECT count(*) FROM regress_after);
DROP VIEW regress_after;
DROP TABLE regress_before;
DROP TABLE "Agents of ""x""";

-- A guard with unreadable arguments has no such call.
CREATE TABLE workspaces (id int, runtime text, model text);
CREATE TRIGGER faulty BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime');
SELECT attach_sql FROM routable.guards;
DROP TRIGGER faulty ON workspaces;

-- With it, a guarded column gets another type in one transaction.
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet');
SELECT routable.attach(near_miss => 'deny');
\set VERBOSITY terse
ALTER TABLE workspaces ALTER COLUMN model TYPE varchar(100);
\set VERBOSITY default
DO $$
DECLARE
    attach CONSTANT text := (SELECT string_agg(attach_sql, ' ') FROM routable.guards WHERE relation = 'workspaces'::regclass);
BEGIN
    PERFORM routable.detach('workspaces');
    ALTER TABLE workspaces ALTER COLUMN model TYPE varchar(100);
    EXECUTE attach;
END
$$;
SELECT near_miss, state, issues FROM routable.guards;
SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'workspaces'::regclass AND attname = 'model';
DROP TABLE workspaces;
