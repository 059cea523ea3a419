-- RENAME COLUMN, then ADD COLUMN of the old name
-- The guard stays with the renamed column, so an event trigger refuses to add another column of its name. Detach, alter
-- and attach in one transaction.
-- errors: 42703, 55000
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces RENAME COLUMN model TO former;
ALTER TABLE workspaces ADD COLUMN model text;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO workspaces (id, runtime, model) VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces (id, runtime, former) VALUES (4, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, former) OR NOT model_routable(runtime, to_jsonb(workspaces) ->> 'model')) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
