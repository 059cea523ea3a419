-- Partition made later, for session_replication_role = replica, with replicas => true
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY RANGE (id);
SELECT guard('workspaces', replicas => true);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
CREATE TABLE workspaces_high (LIKE workspaces INCLUDING CONSTRAINTS);
ALTER TABLE workspaces ATTACH PARTITION workspaces_high FOR VALUES FROM (100) TO (200);

SET session_replication_role = 'replica';
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces_high VALUES (101, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces VALUES (2, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');
RESET session_replication_role;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
