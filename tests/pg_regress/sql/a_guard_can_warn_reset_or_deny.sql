\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model varchar(30), note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'anthropic/claude-opus-4-7'),
                              (3, 'claude-code', 'moonshot/kimi-k2.6');

-- warn: stores the row, with one WARNING for each pair and statement.
SELECT routable.attach('workspaces', on_mismatch => 'warn');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
UPDATE workspaces SET runtime = 'hermes';
INSERT INTO workspaces SELECT n, 'codex', 'x' FROM generate_series(10, 12) AS n;
UPDATE workspaces SET note = 'x';
SELECT id, runtime, model FROM workspaces ORDER BY id;
DELETE FROM workspaces WHERE id >= 10;

-- reset: if an UPDATE changes only the runtime, the row gets the default model of the new runtime. All other cases are
-- errors.
SELECT routable.attach('workspaces', on_mismatch => 'reset');
UPDATE workspaces SET runtime = 'codex' WHERE id = 2;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 2;
UPDATE workspaces SET runtime = 'hermes', model = 'x' WHERE id = 2;
UPDATE workspaces SET model = 'x' WHERE id = 2;
INSERT INTO workspaces VALUES (4, 'hermes', 'x');
INSERT INTO workspaces VALUES (2, 'hermes', 'x') ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime RETURNING *;
SELECT id, runtime, model FROM workspaces ORDER BY id;
-- The default is converted by the type of the column.
ALTER TABLE workspaces ADD CHECK (model <> 'gpt-5.5');
UPDATE workspaces SET runtime = 'codex' WHERE id = 3;
SELECT routable.detach('workspaces');
DROP TABLE workspaces;
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model varchar(10));
INSERT INTO workspaces VALUES (1, 'codex', 'gpt-5.5');
SELECT routable.attach('workspaces', on_mismatch => 'reset');
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET runtime = 'claude-code';
SELECT * FROM workspaces;

-- deny: an unknown runtime is refused, except if the row has no model.
SELECT routable.attach('workspaces', unknown_runtime => 'deny');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
UPDATE workspaces SET runtime = 'Claude-Code';
INSERT INTO workspaces VALUES (2, 'autogen', 'x');
INSERT INTO workspaces VALUES (2, NULL, 'x');
INSERT INTO workspaces VALUES (2, 'autogen', NULL);
-- An external runtime is known, and its models are not judged.
INSERT INTO workspaces VALUES (4, 'langgraph', 'x');
DELETE FROM workspaces WHERE id = 4;
INSERT INTO workspaces VALUES (3, 'codex', 'gpt-5.5');
SELECT routable.attach('workspaces', unknown_runtime => 'deny');

-- before_update => false: only the last word judges. on_insert => false: only updates are judged.
SELECT routable.attach('workspaces', before_update => false);
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 3;
SELECT routable.attach('workspaces', on_insert => false);
INSERT INTO workspaces VALUES (4, 'hermes', 'x');
UPDATE workspaces SET runtime = 'hermes' WHERE id = 3;
SELECT routable.attach('workspaces', on_insert => false);
DROP TABLE workspaces;

-- Settings that cannot be combined, and settings that do not exist.
CREATE TABLE workspaces (id int, runtime text, model text, stored text GENERATED ALWAYS AS (model) STORED);
SELECT routable.attach('workspaces', on_mismatch => 'ignore');
SELECT routable.attach('workspaces', unknown_runtime => 'maybe');
SELECT routable.attach('workspaces', mechanism => 'magic');
SELECT routable.attach('workspaces', on_mismatch => 'reset', before_update => false);
SELECT routable.attach('workspaces', model_column => 'stored', on_mismatch => 'reset');
SELECT routable.attach('workspaces', model_column => 'stored', before_update => false);
INSERT INTO workspaces VALUES (1, 'hermes', 'x');
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
UPDATE workspaces SET model = 'x';
SELECT routable.attach('workspaces', replicas => NULL);
DROP TABLE workspaces;
CREATE TABLE workspaces (runtime text, model text) PARTITION BY LIST (runtime);
SELECT routable.attach('workspaces', on_insert => false);
DROP TABLE workspaces;

-- A writer of whole rows also sets the model, to its former value. That is not a change of only the runtime, and the model is
-- not replaced.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet');
SELECT routable.attach('workspaces', on_mismatch => 'reset');
UPDATE workspaces SET runtime = 'hermes', model = 'sonnet' WHERE id = 1;
UPDATE workspaces SET (id, runtime, model) = (1, 'hermes', 'sonnet') WHERE id = 1;
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet') ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime, model = excluded.model;
SELECT * FROM workspaces;
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet') ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime;
SELECT * FROM workspaces;
DROP TABLE workspaces;
