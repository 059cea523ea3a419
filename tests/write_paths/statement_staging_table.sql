-- Staging table, then UPDATE in one go
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE TEMP TABLE staging AS SELECT 1 AS workspace, 'hermes' AS engine, NULL AS why;
UPDATE workspaces SET runtime = engine, note = why FROM staging WHERE id = workspace;
UPDATE staging SET workspace = 2, why = 'legitimate';
UPDATE workspaces SET runtime = engine, note = why FROM staging WHERE id = workspace;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
