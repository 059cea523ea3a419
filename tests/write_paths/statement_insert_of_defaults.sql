-- INSERT of column defaults
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces ALTER COLUMN runtime SET DEFAULT 'hermes', ALTER COLUMN model SET DEFAULT 'anthropic/claude-opus-4-7';
INSERT INTO workspaces (id) VALUES (3);
INSERT INTO workspaces (id, model, note) VALUES (4, 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
