-- Partition under its own name, and one made later
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
SELECT guard('workspaces');
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (100) TO (200);

INSERT INTO workspaces_low VALUES (1, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces_high VALUES (101, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces_low VALUES (2, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');
INSERT INTO workspaces_high VALUES (102, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    2 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
