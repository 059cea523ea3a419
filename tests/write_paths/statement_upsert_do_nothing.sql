-- Upsert that ends in DO NOTHING
-- A CHECK is evaluated on the row that is proposed, before PostgreSQL knows whether it will be stored.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

-- The proposed row is bad, but it is not what gets stored.
WITH upsert AS (INSERT INTO workspaces VALUES (2, 'hermes', 'anthropic/claude-opus-4-7') ON CONFLICT DO NOTHING)
UPDATE workspaces SET note = 'legitimate' WHERE id = 2;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7') ON CONFLICT DO NOTHING;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
