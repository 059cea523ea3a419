-- Upsert that ends in DO SELECT
-- since: 19
-- A CHECK is evaluated on the row that is proposed, before PostgreSQL knows whether it will be stored.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7', NULL);
CREATE TABLE seen (id int);
SELECT guard('workspaces');

WITH found AS (INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7') ON CONFLICT (id) DO SELECT RETURNING id)
    INSERT INTO seen SELECT id FROM found;
INSERT INTO workspaces VALUES (2, 'hermes', 'anthropic/claude-opus-4-7') ON CONFLICT (id) DO SELECT RETURNING id;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - (SELECT count(*) FROM seen) AS false_refusals FROM workspaces;
