CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');

-- The proposed row is bad, but it is not what gets stored.
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7') ON CONFLICT DO NOTHING;
INSERT INTO workspaces VALUES (1, 'hermes', 'x') ON CONFLICT (id) DO UPDATE SET note = 'seen';
INSERT INTO workspaces VALUES (1, 'hermes', 'x') ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime WHERE false;

-- Here it is.
INSERT INTO workspaces VALUES (1, 'hermes', 'x') ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime;
INSERT INTO workspaces VALUES (2, 'hermes', 'x') ON CONFLICT (id) DO NOTHING;
INSERT INTO workspaces VALUES (1, 'x', 'moonshot/kimi-k2.6')
    ON CONFLICT (id) DO UPDATE SET runtime = 'hermes', model = excluded.model;
SELECT * FROM workspaces;
DROP TABLE workspaces;
