-- One guard for each pair of columns: attach with other columns adds a guard, and with the same columns changes it.
\set VERBOSITY terse
CREATE TABLE agents (id int PRIMARY KEY, runtime text, model text, fallback text, summary_runtime text, summary text);
SELECT routable.attach('agents');
SELECT routable.attach('agents', model_column => 'fallback', before_update => false);
SELECT routable.attach('agents', 'summary_runtime', 'summary', unknown_runtime => 'deny');
SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'agents'::regclass ORDER BY tgname;
SELECT routable.attach('agents');
SELECT routable.attach('agents', model_column => 'fallback', before_update => false);
SELECT routable.attach('agents', 'summary_runtime', 'summary', unknown_runtime => 'deny');
SELECT runtime_column, model_column, constraint_name, unknown_runtime, before_update, state, issues FROM routable.guards;

-- Each guard judges its own pair, and reports its own constraint name. A column that is NULL needs no model.
\set VERBOSITY verbose
\set SHOW_CONTEXT never
INSERT INTO agents VALUES (1, 'claude-code', 'sonnet', NULL, NULL, NULL);
INSERT INTO agents VALUES (2, 'claude-code', 'nope', NULL, NULL, NULL);
UPDATE agents SET fallback = 'nope';
UPDATE agents SET summary_runtime = 'hermes', summary = 'sonnet';
UPDATE agents SET summary_runtime = 'nope', summary = 'opus';
UPDATE agents SET runtime = 'hermes';
UPDATE agents SET fallback = 'opus', summary_runtime = 'claude-code', summary = 'haiku';
\set VERBOSITY terse

-- The settings of one guard can change without the others.
SELECT routable.attach('agents', model_column => 'fallback', on_mismatch => 'warn');
SELECT model_column, constraint_name, on_mismatch, before_update, state FROM routable.guards;
SELECT routable.is_guarded('agents');
SELECT routable.attach('agents', model_column => 'fallback', mechanism => 'check');
SELECT mechanism, model_column, constraint_name, on_mismatch, state FROM routable.guards;
SELECT routable.is_guarded('agents');
UPDATE agents SET fallback = 'nope';
SELECT routable.attach('agents', model_column => 'fallback', mechanism => 'check');
SELECT routable.attach('agents', model_column => 'fallback', replicas => true);
SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'agents'::regclass ORDER BY tgname;

-- One bad trigger of one guard is enough to be reported.
ALTER TABLE agents DISABLE TRIGGER model_routable_fallback_final;
SELECT model_column, state FROM routable.guards;
SELECT routable.is_guarded('agents');
SELECT routable.attach('agents', model_column => 'fallback', replicas => true);
SELECT routable.is_guarded('agents');

-- The audit reads all pairs, or only the named ones.
INSERT INTO agents VALUES (3, 'nope', 'x', 'y', 'nope', 'z');
SELECT routable.detach('agents', model_column => 'model');
UPDATE agents SET model = 'nope' WHERE id = 1;
SELECT routable.attach('agents');
BEGIN;
ALTER TABLE agents DISABLE TRIGGER ALL;
UPDATE agents SET fallback = 'nearly', summary = 'not' WHERE id = 1;
ALTER TABLE agents ENABLE TRIGGER ALL;
COMMIT;
SELECT runtime, model, rows, code, constraint_name FROM routable.audit('agents');
SELECT runtime, model, rows, code, constraint_name FROM routable.audit('agents', model_column => 'fallback');
SELECT runtime, model, rows, code, constraint_name FROM routable.audit('agents', 'summary_runtime', 'summary');
SELECT runtime, model, rows, code, constraint_name FROM routable.audit('agents', 'runtime', 'summary');

-- detach removes the guard of the named columns, or all guards.
SELECT routable.detach('agents', 'runtime', 'nothing');
SELECT routable.detach('agents', 'nothing');
SELECT routable.detach('agents', model_column => 'nothing');
SELECT routable.detach('agents', 'runtime', 'model');
SELECT runtime_column, model_column FROM routable.guards;
-- The remaining guard keeps its names, and the next one gets the plain names.
SELECT routable.attach('agents', model_column => 'fallback', replicas => true);
SELECT routable.attach('agents', 'summary_runtime', 'model');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'agents'::regclass ORDER BY tgname;
SELECT routable.detach('agents', runtime_column => 'summary_runtime');
SELECT runtime_column, model_column FROM routable.guards;
SELECT routable.attach('agents');
SELECT routable.detach('agents');
SELECT routable.detach('agents');
SELECT count(*) FROM pg_trigger WHERE tgrelid = 'agents'::regclass;

-- If the column of a guard is gone, attach for the right column replaces this guard. Other such guards stay, and every write
-- is an error until each of them is attached again.
TRUNCATE agents;
INSERT INTO agents VALUES (1, 'claude-code', 'sonnet');
SELECT routable.attach('agents');
SELECT routable.attach('agents', model_column => 'fallback');
ALTER TABLE agents RENAME runtime TO engine;
SELECT runtime_column, model_column, state FROM routable.guards;
SELECT routable.attach('agents', 'engine', 'fallback');
SELECT runtime_column, model_column, state FROM routable.guards;
UPDATE agents SET model = 'opus';
SELECT routable.attach('agents', 'engine');
UPDATE agents SET model = 'opus';
SELECT runtime_column, model_column, constraint_name, state, issues FROM routable.guards;
ALTER TABLE agents RENAME fallback TO second;
SELECT routable.attach('agents', 'engine', 'summary');
SELECT runtime_column, model_column, state FROM routable.guards;
SELECT routable.attach('agents', 'engine', 'second');
SELECT runtime_column, model_column, state FROM routable.guards;
ALTER TABLE agents DROP COLUMN second CASCADE;
SELECT runtime_column, model_column, state FROM routable.guards;
ALTER TABLE agents ADD COLUMN third text;
SELECT routable.attach('agents', 'engine', 'third');
SELECT runtime_column, model_column, state, issues FROM routable.guards;
SELECT routable.is_guarded('agents');
-- A guard with unreadable arguments is replaced by any attach.
CREATE TRIGGER faulty BEFORE UPDATE ON agents FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=engine');
SELECT routable.is_guarded('agents');
SELECT routable.attach('agents', 'engine', 'third');
SELECT routable.is_guarded('agents');
DROP TABLE agents;

-- Attaching again removes no other guard. A guard of a renamed column is not removed without a message.
CREATE TABLE agents (first_runtime text, runtime text, model text, fallback text);
SELECT routable.attach('agents', 'first_runtime'), routable.attach('agents');
ALTER TABLE agents RENAME first_runtime TO renamed;
SELECT routable.attach('agents');
INSERT INTO agents (renamed, model) VALUES ('hermes', 'sonnet');
SELECT routable.attach('agents', 'renamed');
SELECT runtime_column, model_column, state FROM routable.guards;
INSERT INTO agents (renamed, model) VALUES ('hermes', 'sonnet');
SELECT routable.detach('agents');
CREATE CONSTRAINT TRIGGER mine AFTER INSERT OR UPDATE ON agents FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=x');
ALTER TABLE agents RENAME model TO llm;
SELECT routable.attach('agents', model_column => 'fallback');
SELECT runtime_column, model_column, state FROM routable.guards;
SELECT routable.detach('agents', model_column => 'model');
ALTER TABLE agents ADD COLUMN second text, ADD COLUMN third text;
SELECT routable.attach('agents', model_column => 'second');
ALTER TABLE agents DROP COLUMN fallback CASCADE, DROP COLUMN second CASCADE;
SELECT routable.attach('agents', model_column => 'third');
SELECT runtime_column, model_column, constraint_name, state FROM routable.guards;

-- A guard of a missing column does not keep the audit from reading the other pairs.
SELECT runtime, model, rows, code, constraint_name FROM routable.audit('agents');
SELECT count(*) FROM routable.audit('agents', model_column => 'second');
DROP TABLE agents;

-- If several triggers have the last word for the same columns, the strictest one decides. Its settings and names are shown.
CREATE TABLE agents (runtime text, model text);
SELECT routable.attach('agents', unknown_runtime => 'deny');
CREATE CONSTRAINT TRIGGER aaa AFTER INSERT OR UPDATE ON agents FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=x');
CREATE CONSTRAINT TRIGGER zzz AFTER INSERT OR UPDATE ON agents FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=x');
SELECT constraint_name, unknown_runtime, attach_sql FROM routable.guards;
SELECT routable.attach('agents', unknown_runtime => 'deny');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'agents'::regclass ORDER BY tgname;
SELECT constraint_name FROM routable.guards;
DROP TABLE agents;

-- Columns whose names have a comma.
CREATE TABLE agents (x text, "x, y" text, z text, "y, z" text);
SELECT routable.attach('agents', 'x, y', 'z', mechanism => 'check'), routable.attach('agents', 'x', 'y, z', mechanism => 'check');
SELECT runtime_column, model_column, state, issues FROM routable.guards;
DROP TABLE agents;

-- Names that are taken, and long names.
CREATE TABLE agents (runtime text, model text, final text, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa text,
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab text);
SELECT routable.attach('agents');
SELECT routable.attach('agents', model_column => 'final');
SELECT routable.attach('agents', model_column => 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
SELECT routable.attach('agents', model_column => 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab');
SELECT routable.attach('agents', model_column => 'final');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'agents'::regclass ORDER BY tgname;
SELECT constraint_name, state FROM routable.guards;
DROP TABLE agents;
CREATE TABLE agents (runtime text, model text);
CREATE TRIGGER model_routable_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa BEFORE UPDATE ON agents FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=x');
SELECT routable.attach('agents');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'agents'::regclass ORDER BY tgname;
DROP TABLE agents;

-- Partitions have the guards of their root. Their own guards for other columns stay.
CREATE TABLE agents (id int, runtime text, model text, fallback text) PARTITION BY RANGE (id);
CREATE TABLE agents_low PARTITION OF agents FOR VALUES FROM (0) TO (10);
SELECT routable.attach('agents_low', model_column => 'fallback');
SELECT routable.attach('agents');
SELECT tgname, tgparentid <> 0 AS cloned FROM pg_trigger WHERE tgrelid = 'agents_low'::regclass ORDER BY tgname;
SELECT relation, model_column, constraint_name, state, issues FROM routable.guards;
SELECT routable.is_guarded('agents');
SELECT routable.detach('agents_low', model_column => 'model');
SELECT routable.attach('agents_low', model_column => 'fallback', on_mismatch => 'warn');
SELECT routable.detach('agents_low', model_column => 'fallback');
SELECT routable.attach('agents_low', model_column => 'fallback');
SELECT routable.attach('agents', model_column => 'fallback');
SELECT tgname, tgparentid <> 0 AS cloned FROM pg_trigger WHERE tgrelid = 'agents_low'::regclass ORDER BY tgname;
SELECT relation, model_column, constraint_name, state, issues FROM routable.guards;
SELECT routable.detach('agents_low', model_column => 'fallback');
INSERT INTO agents VALUES (1, 'claude-code', 'sonnet', 'nope');
CREATE TABLE agents_high PARTITION OF agents FOR VALUES FROM (10) TO (20);
INSERT INTO agents VALUES (11, 'claude-code', 'sonnet', 'nope');
SELECT routable.detach('agents', model_column => 'fallback');
INSERT INTO agents VALUES (11, 'claude-code', 'sonnet', 'nope');
INSERT INTO agents VALUES (11, 'claude-code', 'nope', NULL);
DROP TABLE agents;
