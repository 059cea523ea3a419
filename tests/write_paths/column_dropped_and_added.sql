-- Column dropped with CASCADE and added again
-- CASCADE also drops the last word or the constraint. The BEFORE trigger stays. It judges updates, but no INSERT.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces DROP COLUMN model CASCADE;
ALTER TABLE workspaces ADD COLUMN model text;
UPDATE workspaces SET model = 'anthropic/claude-opus-4-7', runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET model = 'moonshot/kimi-k2.6', runtime = 'hermes', note = 'legitimate' WHERE id = 2;
INSERT INTO workspaces VALUES (3, 'hermes', NULL, 'anthropic/claude-opus-4-7');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
