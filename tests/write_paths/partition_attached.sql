-- ATTACH PARTITION of a table with bad rows
-- errors: 42804
-- PostgreSQL does not fire triggers for the rows that come with a partition, and does not evaluate a CHECK that is NOT VALID.
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY RANGE (id);
SELECT guard('workspaces');
CREATE TABLE workspaces_low (id int, runtime text, model text, note text);
INSERT INTO workspaces_low VALUES (1, 'hermes', 'anthropic/claude-opus-4-7', NULL),
    (2, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');

ALTER TABLE workspaces ATTACH PARTITION workspaces_low FOR VALUES FROM (0) TO (100);
-- A partition has a CHECK of the root's before it is attached.
DO $$
BEGIN
    IF current_setting('write_paths.guard') = 'check' THEN
        PERFORM guard('workspaces_low');
        ALTER TABLE workspaces_low RENAME CONSTRAINT workspaces_low_model_routable TO workspaces_model_routable;
        ALTER TABLE workspaces ATTACH PARTITION workspaces_low FOR VALUES FROM (0) TO (100);
    END IF;
END
$$;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
