-- Two columns swap their names
-- The guard stays with its column, so an event trigger refuses to give that column's name to another column. Detach,
-- alter and attach in one transaction.
-- errors: 42701, 42703, 55000
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, fallback text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'moonshot/kimi-k2.6', 'anthropic/claude-opus-4-7'),
    (2, 'claude-code', 'moonshot/kimi-k2.6', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces RENAME COLUMN model TO between;
ALTER TABLE workspaces RENAME COLUMN fallback TO model;
ALTER TABLE workspaces RENAME COLUMN between TO fallback;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1 AND to_jsonb(workspaces) ->> 'model' = 'anthropic/claude-opus-4-7';
INSERT INTO workspaces (id, runtime, model) VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, to_jsonb(workspaces) ->> 'model')) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
