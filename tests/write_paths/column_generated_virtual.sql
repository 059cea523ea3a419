-- Virtual generated column
-- Triggers in C cannot read a virtual column (PostgreSQL 18 and later). `attach` raises an error that says to use
-- mechanism => 'check'.
-- since: 18
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, vendor text, name text,
    model text GENERATED ALWAYS AS (vendor || '/' || name) VIRTUAL, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic', 'claude-opus-4-7'), (2, 'claude-code', 'moonshot', 'kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
