-- Writable CTE
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

WITH changed AS (UPDATE workspaces SET runtime = 'hermes' WHERE id = 1 RETURNING *) SELECT FROM changed;
WITH changed AS (UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2 RETURNING *)
INSERT INTO workspaces SELECT id + 2, runtime, model, note FROM changed;
WITH gone AS (DELETE FROM workspaces WHERE id = 1 RETURNING *)
INSERT INTO workspaces SELECT 3, 'hermes', model, note FROM gone;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    2 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
