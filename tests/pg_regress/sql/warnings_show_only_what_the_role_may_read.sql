\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');
CREATE ROLE regress_model_routable_writer;
CREATE ROLE regress_model_routable_reader;
GRANT UPDATE (runtime) ON workspaces TO regress_model_routable_writer;
GRANT SELECT, UPDATE (runtime) ON workspaces TO regress_model_routable_reader;
-- The role needs no privilege on the extension's schema.
REVOKE USAGE ON SCHEMA routable FROM PUBLIC;

-- on_mismatch => 'warn': a role that may set only the runtime sees the runtime that it set, and not the model.
SELECT routable.attach('workspaces', on_mismatch => 'warn');
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
SET ROLE regress_model_routable_reader;
UPDATE workspaces SET runtime = 'codex';
RESET ROLE;

-- on_mismatch => 'reset': the message about the new model does not show the old one.
SELECT routable.attach('workspaces', on_mismatch => 'reset');
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;
UPDATE workspaces SET runtime = 'claude-code', model = 'anthropic/claude-opus-4-7';

-- A denied runtime.
SELECT routable.attach('workspaces', unknown_runtime => 'deny');
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'elsewhere';
SELECT has_schema_privilege('routable', 'USAGE');
RESET ROLE;

-- Row-level security: no message shows a value, except to the table's owner, to whom it does not apply.
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON workspaces USING (true);
SELECT routable.attach('workspaces');
SET ROLE regress_model_routable_reader;
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;
UPDATE workspaces SET runtime = 'hermes';
SELECT routable.attach('workspaces', on_mismatch => 'warn');
SET ROLE regress_model_routable_reader;
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;
UPDATE workspaces SET runtime = 'claude-code';
SELECT routable.attach('workspaces', on_mismatch => 'reset');
SET ROLE regress_model_routable_reader;
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;
UPDATE workspaces SET runtime = 'claude-code', model = 'anthropic/claude-opus-4-7';

-- The same with break-glass.
SELECT routable.attach('workspaces');
SET model_routable.enforcement = 'warn';
SET ROLE regress_model_routable_reader;
UPDATE workspaces SET runtime = 'hermes';
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'codex';
RESET ROLE;
RESET model_routable.enforcement;

GRANT USAGE ON SCHEMA routable TO PUBLIC;
DROP TABLE workspaces;
DROP ROLE regress_model_routable_writer, regress_model_routable_reader;
