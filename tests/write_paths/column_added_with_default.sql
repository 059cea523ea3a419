-- ADD COLUMN with a DEFAULT
-- A default fills the rows without firing triggers. For the column to be new, the guarded one has to be dropped first,
-- with CASCADE, which takes the last word or the constraint along.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces DROP COLUMN model CASCADE, ADD COLUMN model text DEFAULT 'anthropic/claude-opus-4-7';

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs, 0 AS false_refusals FROM workspaces;
