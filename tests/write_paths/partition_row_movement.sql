-- UPDATE that moves a row to another partition
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY LIST (runtime);
CREATE TABLE workspaces_claude PARTITION OF workspaces FOR VALUES IN ('claude-code');
CREATE TABLE workspaces_other PARTITION OF workspaces DEFAULT;
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
