-- Row from before the guard moves to another partition
-- PostgreSQL moves the row by a DELETE and an INSERT, and an INSERT is always judged. A CHECK judges every write of
-- such a row.
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (100) TO (200);
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7', 'old'), (2, 'claude-code', 'anthropic/claude-opus-4-7', NULL);
SELECT guard('workspaces');

UPDATE workspaces SET id = 101 WHERE id = 1;
UPDATE workspaces SET id = 102, runtime = 'hermes' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model) AND note IS NULL) AS bad_pairs,
    1 - count(*) FILTER (WHERE id = 101) AS false_refusals FROM workspaces;
