-- For writers that set the two columns in two statements. The guard judges the row as the transaction leaves it, whichever
-- version brought its pair.
\set VERBOSITY terse
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet'), (2, 'claude-code', 'sonnet'), (3, 'claude-code', 'from before');
SELECT routable.attach('workspaces', deferral => 'deferred');
SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass;
SELECT routable.attach('workspaces', deferral => 'deferred');
SELECT before_update, deferral, state, issues FROM routable.guards;

-- Fixed by a later statement.
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 1;
UPDATE workspaces SET model = 'gpt-5.5' WHERE id = 1;
COMMIT;
SELECT * FROM workspaces WHERE id = 1;
-- Not fixed.
\set VERBOSITY verbose
\set SHOW_CONTEXT never
BEGIN;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 1;
COMMIT;
\set VERBOSITY terse
-- A later version with the same pair passes, because its pair did not change. That does not make the pair good.
BEGIN;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 1;
UPDATE workspaces SET note = 'once' WHERE id = 1;
UPDATE workspaces SET note = 'twice' WHERE id = 1;
COMMIT;
BEGIN;
INSERT INTO workspaces VALUES (4, 'claude-code', 'nope');
UPDATE workspaces SET note = 'once' WHERE id = 4;
COMMIT;
-- Fixed, and then bad again.
BEGIN;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 1;
UPDATE workspaces SET model = 'opus' WHERE id = 1;
UPDATE workspaces SET model = 'nope' WHERE id = 1;
UPDATE workspaces SET note = 'twice' WHERE id = 1;
COMMIT;
-- Deleted, and inserted again.
BEGIN;
INSERT INTO workspaces VALUES (4, 'claude-code', 'nope');
DELETE FROM workspaces WHERE id = 4;
INSERT INTO workspaces VALUES (4, 'claude-code', 'opus');
UPDATE workspaces SET model = 'nope' WHERE id = 2;
DELETE FROM workspaces WHERE id = 2;
COMMIT;
BEGIN;
INSERT INTO workspaces VALUES (2, 'claude-code', 'opus');
DELETE FROM workspaces WHERE id = 2;
INSERT INTO workspaces VALUES (2, 'claude-code', 'nope');
COMMIT;
-- Rows from before the guard stay editable, any number of times.
BEGIN;
UPDATE workspaces SET note = 'once' WHERE id = 3;
UPDATE workspaces SET note = 'twice' WHERE id = 3;
COMMIT;
SELECT * FROM workspaces ORDER BY id;
BEGIN;
UPDATE workspaces SET note = 'once' WHERE id = 3;
UPDATE workspaces SET model = 'other' WHERE id = 3;
UPDATE workspaces SET note = 'twice' WHERE id = 3;
COMMIT;

-- Savepoints.
BEGIN;
SAVEPOINT a;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
ROLLBACK TO SAVEPOINT a;
UPDATE workspaces SET note = 'kept' WHERE id = 4;
COMMIT;
BEGIN;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
SAVEPOINT a;
UPDATE workspaces SET model = 'sonnet' WHERE id = 4;
ROLLBACK TO SAVEPOINT a;
COMMIT;
BEGIN;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
SAVEPOINT a;
UPDATE workspaces SET model = 'sonnet' WHERE id = 4;
RELEASE SAVEPOINT a;
COMMIT;
BEGIN;
SAVEPOINT a;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
SAVEPOINT b;
UPDATE workspaces SET note = 'gone' WHERE id = 4;
ROLLBACK TO SAVEPOINT b;
RELEASE SAVEPOINT a;
COMMIT;
SELECT * FROM workspaces WHERE id = 4;

-- A row lock makes no version.
BEGIN;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
SELECT id FROM workspaces WHERE id = 4 FOR UPDATE;
COMMIT;

-- SET CONSTRAINTS judges what was written until then.
BEGIN;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
UPDATE workspaces SET model = 'gpt-5.5' WHERE id = 4;
SET CONSTRAINTS model_routable_final IMMEDIATE;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 4;
ROLLBACK;

-- A cursor, and a two-phase commit.
BEGIN;
DECLARE every CURSOR FOR SELECT * FROM workspaces WHERE id = 4 FOR UPDATE;
FETCH every;
UPDATE workspaces SET runtime = 'codex' WHERE CURRENT OF every;
UPDATE workspaces SET model = 'gpt-5.5' WHERE id = 4;
COMMIT;
BEGIN;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 4;
UPDATE workspaces SET model = 'sonnet' WHERE id = 4;
PREPARE TRANSACTION 'regress_model_routable';
COMMIT PREPARED 'regress_model_routable';
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
PREPARE TRANSACTION 'regress_model_routable';
SELECT * FROM workspaces WHERE id = 4;

-- attach and detach are refused while the guard has rows to judge, because PostgreSQL would forget these.
\set VERBOSITY default
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
SELECT routable.attach('workspaces', deferral => 'deferred', unknown_runtime => 'deny');
ROLLBACK;
\set VERBOSITY terse
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
SELECT routable.detach('workspaces');
ROLLBACK;
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
UPDATE workspaces SET model = 'gpt-5.5' WHERE id = 4;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT routable.attach('workspaces', deferral => 'deferred', unknown_runtime => 'deny');
ROLLBACK;
SELECT unknown_runtime FROM routable.guards;

-- Many versions of one row: with one pair, and with many.
BEGIN;
DO $$ BEGIN FOR i IN 1 .. 500 LOOP UPDATE workspaces SET model = 'nope', note = i WHERE id = 4; END LOOP; END $$;
COMMIT;
BEGIN;
DO $$ BEGIN FOR i IN 1 .. 500 LOOP UPDATE workspaces SET model = 'nope' || i % 3, note = i WHERE id = 4; END LOOP; END $$;
COMMIT;
BEGIN;
DO $$ BEGIN FOR i IN 1 .. 500 LOOP UPDATE workspaces SET model = 'nope' || i % 3, note = i WHERE id = 4; END LOOP; END $$;
UPDATE workspaces SET model = 'sonnet', note = 'kept' WHERE id = 4;
COMMIT;

-- A changed primary key, and a value that is stored out of line.
BEGIN;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
UPDATE workspaces SET id = 5 WHERE id = 4;
COMMIT;
BEGIN;
ALTER TABLE workspaces ALTER COLUMN model SET STORAGE EXTERNAL;
UPDATE workspaces SET model = repeat('nope', 1000) WHERE id = 4;
UPDATE workspaces SET note = 'long' WHERE id = 4;
COMMIT;

-- Other triggers that write in the same statement, before or after the event is queued.
CREATE FUNCTION regress_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note IS DISTINCT FROM 'touched' THEN
        UPDATE workspaces SET note = 'touched' WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER aaa AFTER UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION regress_touch();
UPDATE workspaces SET model = 'nope' WHERE id = 4;
SELECT routable.attach('workspaces', deferral => 'immediate');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'model_routable_final';
UPDATE workspaces SET model = 'nope' WHERE id = 4;
UPDATE workspaces SET model = 'opus', note = NULL WHERE id = 4;
SELECT * FROM workspaces WHERE id = 4;
DROP TRIGGER aaa ON workspaces;

-- INITIALLY IMMEDIATE judges at the end of each statement, until the transaction defers it.
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
ROLLBACK;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE workspaces SET runtime = 'codex' WHERE id = 4;
UPDATE workspaces SET model = 'gpt-5.5' WHERE id = 4;
COMMIT;
SELECT * FROM workspaces WHERE id = 4;

-- It can warn, once for the final row.
SELECT routable.attach('workspaces', deferral => 'deferred', on_mismatch => 'warn');
BEGIN;
UPDATE workspaces SET model = 'nope' WHERE id = 4;
UPDATE workspaces SET model = 'nope at all' WHERE id = 4;
COMMIT;

-- Settings that it cannot have.
SELECT routable.attach('workspaces', deferral => 'later');
SELECT routable.attach('workspaces', deferral => NULL);
\set VERBOSITY default
SELECT routable.attach('workspaces', deferral => 'deferred', mechanism => 'check');
SELECT routable.attach('workspaces', deferral => 'deferred', on_mismatch => 'reset');
\set VERBOSITY terse
DROP TABLE workspaces;

-- Partitions: a row that moves is inserted into its new partition, and judged there.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (10);
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (10) TO (20);
SELECT routable.attach('workspaces', deferral => 'deferred');
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet');
BEGIN;
UPDATE workspaces SET runtime = 'codex' WHERE id = 1;
UPDATE workspaces SET id = 11 WHERE id = 1;
UPDATE workspaces SET model = 'gpt-5.5' WHERE id = 11;
COMMIT;
BEGIN;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 11;
UPDATE workspaces SET id = 1 WHERE id = 11;
COMMIT;
BEGIN;
UPDATE workspaces SET id = 1 WHERE id = 11;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 1;
UPDATE workspaces SET id = 12 WHERE id = 1;
UPDATE workspaces SET id = 13 WHERE id = 12;
COMMIT;
SELECT * FROM workspaces;
SELECT relation, deferral, state, issues FROM routable.guards;
BEGIN;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 11;
SELECT routable.attach('workspaces');
ROLLBACK;
DROP TABLE workspaces;

-- Guards that attach does not offer, typed by hand.
CREATE TABLE workspaces (runtime text, model text);
CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=x');
CREATE TRIGGER model_routable BEFORE UPDATE ON workspaces
    FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=x');
SELECT deferral, before_update, state, issues, attach_sql FROM routable.guards;
DROP TABLE workspaces;

-- A foreign table cannot have constraint triggers.
CREATE FOREIGN DATA WRAPPER regress_nothing;
CREATE SERVER regress_nowhere FOREIGN DATA WRAPPER regress_nothing;
CREATE FOREIGN TABLE workspaces (runtime text, model text) SERVER regress_nowhere;
\set VERBOSITY default
SELECT routable.attach('workspaces', deferral => 'deferred');
\set VERBOSITY terse
DROP FOREIGN DATA WRAPPER regress_nothing CASCADE;
