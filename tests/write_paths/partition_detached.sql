-- DETACH PARTITION, then a write to the table that it is now
-- The partition loses the triggers that it had from its root, and keeps the constraint. Attach the guard to it.
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
SELECT guard('workspaces');

ALTER TABLE workspaces DETACH PARTITION workspaces_low;
INSERT INTO workspaces_low VALUES (1, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces_low VALUES (2, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces_low;
