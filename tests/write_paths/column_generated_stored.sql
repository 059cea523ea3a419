-- Stored generated column
-- PostgreSQL computes a generated column after the BEFORE triggers. `attach` raises an error that says to use
-- before_update => false.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, vendor text, name text,
    model text GENERATED ALWAYS AS (vendor || '/' || name) STORED, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic', 'claude-opus-4-7'), (2, 'claude-code', 'moonshot', 'kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET vendor = 'anthropic', name = 'claude-opus-4-7', runtime = 'hermes' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic', 'claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
UPDATE workspaces SET name = 'kimi-k2.5' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
