-- Upsert whose DO UPDATE makes a bad pair
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

-- Each proposed row is fine, and only the first of the combined ones is not.
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6') ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime;
INSERT INTO workspaces VALUES (2, 'hermes', 'moonshot/kimi-k2.6')
    ON CONFLICT (id) DO UPDATE SET runtime = excluded.runtime, note = 'legitimate';

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
