-- MERGE exists from PostgreSQL 15 on. Before that, this test is left out.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
MERGE INTO workspaces w USING (VALUES (1, 'hermes')) AS new (id, runtime) ON w.id = new.id
    WHEN MATCHED THEN UPDATE SET runtime = new.runtime;
MERGE INTO workspaces w USING (VALUES (3, 'hermes')) AS new (id, runtime) ON w.id = new.id
    WHEN NOT MATCHED THEN INSERT VALUES (new.id, new.runtime, 'anthropic/claude-opus-4-7');
MERGE INTO workspaces w USING (VALUES (2, 'hermes')) AS new (id, runtime) ON w.id = new.id
    WHEN MATCHED THEN UPDATE SET runtime = new.runtime;
SELECT * FROM workspaces ORDER BY id;
DROP TABLE workspaces;

-- reset: a MERGE that sets only the runtime, and one that sets the model too.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet');
SELECT routable.attach('workspaces', on_mismatch => 'reset');
MERGE INTO workspaces w USING (VALUES (1, 'hermes', 'sonnet')) AS s (id, runtime, model) ON w.id = s.id
    WHEN MATCHED THEN UPDATE SET runtime = s.runtime, model = s.model;
MERGE INTO workspaces w USING (VALUES (1, 'hermes')) AS s (id, runtime) ON w.id = s.id
    WHEN MATCHED THEN UPDATE SET runtime = s.runtime;
SELECT * FROM workspaces;
DROP TABLE workspaces;
