-- INSERT … SELECT
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

INSERT INTO workspaces SELECT id + 2, 'hermes', model FROM workspaces WHERE id = 1;
INSERT INTO workspaces SELECT id + 2, 'hermes', model, 'legitimate' FROM workspaces WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
