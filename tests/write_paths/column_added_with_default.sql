-- ADD COLUMN with a DEFAULT
-- A default fills the rows without firing triggers. To add the column again, the guarded column has to be dropped
-- first, with CASCADE, which also drops the last word or the constraint.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces DROP COLUMN model CASCADE, ADD COLUMN model text DEFAULT 'anthropic/claude-opus-4-7';

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs, 0 AS false_refusals FROM workspaces;
