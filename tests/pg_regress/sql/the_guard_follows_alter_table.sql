\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, gone int, runtime text, model varchar(60));
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 0, 'claude-code', 'sonnet'), (2, 0, 'claude-code', 'sonnet');
PREPARE change AS UPDATE workspaces SET runtime = $1 WHERE id = $2;
EXECUTE change('claude-code', 1);

-- Between the statements of a transaction, and between executions of a prepared statement.
BEGIN;
EXECUTE change('codex', 3);
ALTER TABLE workspaces DROP COLUMN gone;
ALTER TABLE workspaces ADD COLUMN extra text DEFAULT 'x';
SAVEPOINT before;
EXECUTE change('hermes', 1);
ROLLBACK TO SAVEPOINT before;
ALTER TABLE workspaces RENAME TO agents;
UPDATE agents SET runtime = 'hermes' WHERE id = 1;
ROLLBACK TO SAVEPOINT before;
SELECT routable.attach('workspaces', unknown_runtime => 'deny');
EXECUTE change('elsewhere', 1);
ROLLBACK;

-- The columns exchange their names: the model's column is now the runtime, and is treated as such.
BEGIN;
SELECT routable.detach('workspaces');
ALTER TABLE workspaces RENAME COLUMN runtime TO other;
ALTER TABLE workspaces RENAME COLUMN model TO runtime;
ALTER TABLE workspaces RENAME COLUMN other TO model;
UPDATE workspaces SET runtime = model, model = runtime;
SELECT routable.attach('workspaces');
SAVEPOINT before;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
ROLLBACK TO SAVEPOINT before;
EXECUTE change('hermes', 1);
ROLLBACK;

-- A trigger cannot drop the table of the statement that fired it.
CREATE FUNCTION alter_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE workspaces DISABLE TRIGGER model_routable_final;
    RETURN NEW;
EXCEPTION WHEN object_in_use THEN
    RETURN NEW;
END
$$;
CREATE TRIGGER a_first BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION alter_it();
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
SELECT * FROM workspaces ORDER BY id;
DROP TABLE workspaces;
DROP FUNCTION alter_it();

-- A column is renamed and another one gets its name, or two exchange their names. The condition follows the column, and the
-- application follows the name. So the ALTER TABLE is an error, unless the guard is detached first.
\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int, runtime text, model text, fallback text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet', 'opus');
SELECT routable.attach('workspaces');
ALTER TABLE workspaces RENAME COLUMN model TO former;
ALTER TABLE workspaces ADD COLUMN model text;
ALTER TABLE workspaces RENAME COLUMN fallback TO model;
CREATE ROLE regress_model_routable_owner;
GRANT CREATE ON SCHEMA public TO regress_model_routable_owner;
ALTER TABLE workspaces OWNER TO regress_model_routable_owner;
SET ROLE regress_model_routable_owner;
ALTER TABLE workspaces ADD COLUMN model text;
BEGIN;
SELECT routable.detach('workspaces');
ALTER TABLE workspaces ADD COLUMN model text;
SELECT routable.attach('workspaces');
COMMIT;
INSERT INTO workspaces (id, runtime, model) VALUES (3, 'hermes', 'sonnet');
RESET ROLE;

-- If a database already has such a guard, every row that it judges is an error, and routable.guards reports it.
ALTER EVENT TRIGGER model_routable_renamed_columns DISABLE;
ALTER TABLE workspaces RENAME COLUMN model TO between;
ALTER TABLE workspaces RENAME COLUMN fallback TO model;
ALTER TABLE workspaces RENAME COLUMN between TO fallback;
ALTER EVENT TRIGGER model_routable_renamed_columns ENABLE;
UPDATE workspaces SET id = 2;
INSERT INTO workspaces (id, runtime, fallback) VALUES (3, 'hermes', 'sonnet');
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
ALTER TABLE workspaces ADD COLUMN note text;
SELECT routable.attach('workspaces');
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
UPDATE workspaces SET id = 2;
INSERT INTO workspaces (id, runtime, model) VALUES (3, 'hermes', 'sonnet');

-- A constraint follows a renamed column, and not another column with its name.
SELECT routable.attach('workspaces', mechanism => 'check');
ALTER TABLE workspaces VALIDATE CONSTRAINT workspaces_model_routable;
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
ALTER TABLE workspaces RENAME COLUMN model TO latest;
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
ALTER TABLE workspaces ADD COLUMN model text;
SELECT routable.attach('workspaces', model_column => 'latest', mechanism => 'check');
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
ALTER TABLE workspaces ADD COLUMN model text;
DROP TABLE workspaces;
DROP OWNED BY regress_model_routable_owner;
DROP ROLE regress_model_routable_owner;
