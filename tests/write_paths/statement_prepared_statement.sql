-- Prepared statement
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

PREPARE change (text, int, text) AS UPDATE workspaces SET runtime = $1, note = $3 WHERE id = $2;
SET plan_cache_mode = 'force_generic_plan';
EXECUTE change('hermes', 1, NULL);
-- The columns move between two executions.
ALTER TABLE workspaces DROP COLUMN note, ADD COLUMN owner text, ADD COLUMN note text;
EXECUTE change('hermes', 1, NULL);
EXECUTE change('hermes', 2, 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
