-- MERGE
-- since: 15
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

MERGE INTO workspaces w USING (VALUES (1, 'hermes')) AS new (id, runtime) ON w.id = new.id
    WHEN MATCHED THEN UPDATE SET runtime = new.runtime;
MERGE INTO workspaces w USING (VALUES (3, 'hermes')) AS new (id, runtime) ON w.id = new.id
    WHEN NOT MATCHED THEN INSERT VALUES (new.id, new.runtime, 'anthropic/claude-opus-4-7');
MERGE INTO workspaces w USING (VALUES (2, 'hermes'), (4, 'hermes')) AS new (id, runtime) ON w.id = new.id
    WHEN MATCHED THEN UPDATE SET runtime = new.runtime, note = 'legitimate'
    WHEN NOT MATCHED THEN INSERT VALUES (new.id, new.runtime, 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    2 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
