CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces SELECT n, 'hermes', 'anthropic/claude-opus-4-7' FROM generate_series(1, 4) AS n;
SELECT routable.attach('workspaces');

-- Other columns of the row, and the pair if it does not change.
UPDATE workspaces SET note = 'edited' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes', model = 'anthropic/claude-opus-4-7', note = 'same' WHERE id = 2;
INSERT INTO workspaces VALUES (2, 'hermes', 'x') ON CONFLICT (id) DO UPDATE SET note = 'upsert';

-- From a bad pair to a good one, but not from a bad pair to another bad pair.
UPDATE workspaces SET model = 'moonshot/kimi-k2.6' WHERE id = 3;
UPDATE workspaces SET runtime = 'claude-code' WHERE id = 4;
UPDATE workspaces SET model = 'anthropic/claude-opus-4-8' WHERE id = 1;
UPDATE workspaces SET runtime = 'codex' WHERE id = 1;
-- White space changes the bytes, but not the id.
UPDATE workspaces SET model = model || ' ' WHERE id = 1;
SELECT * FROM workspaces ORDER BY id;
DROP TABLE workspaces;
