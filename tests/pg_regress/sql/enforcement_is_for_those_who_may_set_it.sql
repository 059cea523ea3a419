\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');
\set superuser :USER
CREATE ROLE regress_model_routable_writer LOGIN;
GRANT ALL ON workspaces TO regress_model_routable_writer;

-- A superuser in an emergency: pairs pass, with one message for each, not two.
SET model_routable.enforcement = 'warn';
UPDATE workspaces SET runtime = 'hermes';
INSERT INTO workspaces VALUES (2, 'hermes', 'x'), (3, 'hermes', 'x'), (4, 'codex', 'x');
SELECT * FROM workspaces ORDER BY id;
SET model_routable.enforcement = 'off';
SET model_routable.enforce = 'warn';
RESET model_routable.enforcement;
INSERT INTO workspaces VALUES (5, 'hermes', 'x');

-- A role without the privilege cannot set it: by SET, by its own role's or database's settings, or before the library is
-- loaded.
SET ROLE regress_model_routable_writer;
SET model_routable.enforcement = 'warn';
ALTER ROLE regress_model_routable_writer SET model_routable.enforcement = 'warn';
INSERT INTO workspaces VALUES (5, 'hermes', 'x');
RESET ROLE;
\connect - regress_model_routable_writer
SET model_routable.enforcement = 'warn';
SET model_routable.anything = 'warn';
INSERT INTO workspaces VALUES (5, 'hermes', 'x');
SHOW model_routable.enforcement;
\connect -
ALTER ROLE regress_model_routable_writer SET model_routable.enforcement = 'warn';
INSERT INTO workspaces VALUES (5, 'hermes', 'x');
SELECT count(*) FROM workspaces WHERE id = 5;
\connect - :superuser
DROP TABLE workspaces;
DROP ROLE regress_model_routable_writer;
