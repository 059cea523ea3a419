-- Child table (INHERITS)
-- A child table inherits constraints, but no triggers. Attach the guard to each child.
CREATE TABLE workspaces (id int, runtime text, model text, note text);
SELECT guard('workspaces');
CREATE TABLE team_workspaces (team text) INHERITS (workspaces);
INSERT INTO team_workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');

UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO team_workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
