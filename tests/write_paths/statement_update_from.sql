-- UPDATE … FROM
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET runtime = new FROM (VALUES (1, 'hermes')) AS changes (changed, new) WHERE id = changed;
UPDATE workspaces SET runtime = new, note = 'legitimate' FROM (VALUES (2, 'hermes')) AS changes (changed, new) WHERE id = changed;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
