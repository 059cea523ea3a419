-- ALTER COLUMN … SET EXPRESSION of a stored generated column
-- since: 17
-- PostgreSQL rewrites the rows without firing triggers, and without evaluating a CHECK that is NOT VALID.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, vendor text, name text,
    model text GENERATED ALWAYS AS (vendor || '/' || name) STORED, note text);
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot', 'kimi-k2.6'), (2, 'hermes', 'moonshot', 'kimi-k2.5');
SELECT guard('workspaces');

ALTER TABLE workspaces ALTER COLUMN model SET EXPRESSION AS (CASE id WHEN 1 THEN 'anthropic/' || name ELSE vendor || '/' || name END);
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic', 'claude-opus-4-7');
UPDATE workspaces SET note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
