\set SHOW_CONTEXT never
CREATE EXTENSION citext;
CREATE TYPE regress_runtime AS ENUM ('claude-code', 'hermes', 'langgraph');
CREATE DOMAIN regress_model AS varchar(60) CHECK (VALUE <> 'forbidden');
CREATE DOMAIN regress_model_again AS regress_model;

-- Each type for the runtime and for the model.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime regress_runtime, model regress_model_again);
SELECT routable.attach('workspaces', on_mismatch => 'reset');
SELECT routable.attach('workspaces', on_mismatch => 'reset');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'langgraph', 'x'), (3, NULL, NULL);
INSERT INTO workspaces VALUES (4, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET model = 'x' WHERE id = 1;
-- A renamed label is another id. No trigger fires for it.
ALTER TYPE regress_runtime RENAME VALUE 'langgraph' TO 'codex';
UPDATE workspaces SET id = 20 WHERE id = 2;
SELECT * FROM workspaces WHERE NOT model_routable(runtime::text, model::text);
DROP TABLE workspaces;

CREATE TABLE workspaces (id int PRIMARY KEY, runtime name, model citext);
SELECT routable.attach('workspaces');
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet');
INSERT INTO workspaces VALUES (2, 'hermes', 'x');
-- citext does not call this a change, but the guard compares bytes.
UPDATE workspaces SET model = 'SONNET';
UPDATE workspaces SET runtime = 'hermes';
SELECT * FROM workspaces;
DROP TABLE workspaces;

CREATE TABLE workspaces (id int, runtime regress_model, model regress_runtime, x xml, j jsonb, b bytea, v text[]);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'hermes', 'hermes');
SELECT routable.attach('workspaces', model_column => 'x');
SELECT routable.attach('workspaces', model_column => 'j');
SELECT routable.attach('workspaces', model_column => 'b');
SELECT routable.attach('workspaces', model_column => 'v');
DROP TABLE workspaces;
DROP TYPE regress_runtime;
DROP DOMAIN regress_model_again, regress_model;
DROP EXTENSION citext;
