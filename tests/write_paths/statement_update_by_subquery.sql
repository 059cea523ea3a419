-- UPDATE SET (a, b) = (SELECT …)
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET (runtime, model) = (SELECT 'hermes', model) WHERE id = 1;
UPDATE workspaces SET (runtime, model, note) = (SELECT 'hermes', model, 'legitimate') WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
