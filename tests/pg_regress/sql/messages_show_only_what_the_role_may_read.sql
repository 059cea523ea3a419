\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');
CREATE ROLE regress_model_routable_writer;

-- A role that may set the runtime and read nothing sees the runtime that it set, and not the model.
GRANT UPDATE (runtime, id) ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;

-- With SELECT on the model's column only, it sees both.
GRANT SELECT (model) ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;
REVOKE SELECT (model) ON workspaces FROM regress_model_routable_writer;

-- A role that may only INSERT sees no values, because a trigger cannot know which of them it set and which are defaults.
GRANT INSERT ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
INSERT INTO workspaces VALUES (2, 'hermes', 'x');
RESET ROLE;

-- Under row-level security no value is shown, whatever else the role may read or has set.
GRANT SELECT, UPDATE ON workspaces TO regress_model_routable_writer;
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON workspaces USING (true);
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes', model = 'x';
RESET ROLE;

DROP TABLE workspaces;
DROP ROLE regress_model_routable_writer;
