-- Each refusal is compared with that of a CHECK on the same row. Values that the role may not read are not shown.
\set SHOW_CONTEXT never
CREATE ROLE regress_model_routable_writer;
CREATE TABLE workspaces (id int, secret text, runtime text, model text GENERATED ALWAYS AS (secret) STORED,
    CONSTRAINT plain CHECK (runtime <> 'langgraph'));
INSERT INTO workspaces VALUES (1, 'sonnet', 'claude-code');
SELECT routable.attach('workspaces', before_update => false);
GRANT UPDATE (runtime), SELECT (id) ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
-- The statement did not set the generated column, although PostgreSQL tells triggers that it did.
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET runtime = 'langgraph';
RESET ROLE;
GRANT SELECT (model) ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET runtime = 'langgraph';
RESET ROLE;
DROP TABLE workspaces;

-- A writer with privileges only on the root reads the rows of the partition through the root.
CREATE TABLE workspaces (id int, secret text, runtime text, model text, CONSTRAINT plain CHECK (runtime <> 'langgraph')) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low (gone int, model text, runtime text, secret text, id int, CONSTRAINT plain CHECK (runtime <> 'langgraph'));
ALTER TABLE workspaces_low DROP COLUMN gone;
ALTER TABLE workspaces ATTACH PARTITION workspaces_low FOR VALUES FROM (0) TO (100);
INSERT INTO workspaces VALUES (1, 'x', 'claude-code', 'sonnet');
SELECT routable.attach('workspaces');
GRANT SELECT (id, model), UPDATE (runtime) ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET runtime = 'langgraph';
RESET ROLE;
REVOKE SELECT (model) ON workspaces FROM regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET runtime = 'langgraph';
RESET ROLE;
-- Row-level security of the root, and of the partition only.
GRANT SELECT ON workspaces TO regress_model_routable_writer;
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON workspaces USING (true);
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET runtime = 'langgraph';
RESET ROLE;
DROP TABLE workspaces;

-- PostgreSQL shows the values that a foreign key's cascade writes, because the cascade acts as the table's owner.
CREATE TABLE regress_teams (runtime text PRIMARY KEY);
CREATE TABLE workspaces (id int, model text, runtime text REFERENCES regress_teams ON UPDATE CASCADE, CONSTRAINT plain CHECK (runtime <> 'langgraph'));
INSERT INTO regress_teams VALUES ('claude-code');
INSERT INTO workspaces VALUES (1, 'sonnet', 'claude-code');
SELECT routable.attach('workspaces');
GRANT SELECT, UPDATE ON regress_teams TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE regress_teams SET runtime = 'hermes';
UPDATE regress_teams SET runtime = 'langgraph';
RESET ROLE;
DROP TABLE workspaces, regress_teams;
DROP ROLE regress_model_routable_writer;
