-- The trigger with the last word lets no bad pair in. The BEFORE UPDATE trigger refuses earlier, and does the work of
-- on_mismatch => 'reset'.
\set VERBOSITY terse
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');
SELECT routable.attach('workspaces', on_mismatch => 'reset');
ALTER TABLE workspaces DISABLE TRIGGER model_routable;
SELECT relation, on_mismatch, before_update, state, issues, routable.is_guarded(relation) FROM routable.guards;
UPDATE workspaces SET runtime = 'hermes';
INSERT INTO workspaces VALUES (2, 'hermes', 'sonnet');

-- attach repairs it.
SELECT routable.attach('workspaces', on_mismatch => 'reset');
SELECT before_update FROM routable.guards;
UPDATE workspaces SET runtime = 'hermes' RETURNING runtime, model;

-- Without the last word, an INSERT is not judged.
ALTER TABLE workspaces DISABLE TRIGGER model_routable_final;
SELECT relation, state, issues, routable.is_guarded(relation) FROM routable.guards;
INSERT INTO workspaces VALUES (2, 'hermes', 'sonnet');
DROP TABLE workspaces;
