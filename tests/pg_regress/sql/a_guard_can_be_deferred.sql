\set VERBOSITY verbose
\set SHOW_CONTEXT never
-- A deferrable constraint trigger with the last word, made by hand. It judges the transaction's final rows at its end, as a
-- guard of routable.attach(deferral => 'deferred') does.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet'), (2, 'claude-code', 'sonnet');

BEGIN;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
SELECT * FROM workspaces WHERE id = 1;
COMMIT;
BEGIN;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 1;
COMMIT;
BEGIN;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;

-- Rows that a rolled back subtransaction wrote are not judged. Rows of a released one are.
BEGIN;
SAVEPOINT before;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
ROLLBACK TO SAVEPOINT before;
UPDATE workspaces SET model = 'opus' WHERE id = 1;
COMMIT;
BEGIN;
SAVEPOINT before;
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
ROLLBACK TO SAVEPOINT before;
UPDATE workspaces SET model = 'haiku' WHERE id = 1;
SAVEPOINT before;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;
RELEASE SAVEPOINT before;
COMMIT;
SELECT * FROM workspaces ORDER BY id;

-- The table cannot be altered while rows wait to be judged.
\set VERBOSITY terse
BEGIN;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
ALTER TABLE workspaces DISABLE TRIGGER ALL;
ROLLBACK;
\set VERBOSITY verbose

-- With a cursor, and before a two-phase commit.
BEGIN;
DECLARE every CURSOR FOR SELECT * FROM workspaces ORDER BY id;
FETCH every;
UPDATE workspaces SET model = 'sonnet' WHERE CURRENT OF every;
UPDATE workspaces SET model = 'gpt-5.5', runtime = 'codex' WHERE id = 2;
COMMIT;
PREPARE change AS UPDATE workspaces SET runtime = $1 WHERE id = 1;
BEGIN;
EXECUTE change('hermes');
PREPARE TRANSACTION 'regress_model_routable';
SELECT * FROM workspaces ORDER BY id;
SELECT relation, deferral, state, issues FROM routable.guards;
DROP TABLE workspaces;
