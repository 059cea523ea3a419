-- session_replication_role = replica
-- A superuser, or from PostgreSQL 15 on a role that was granted the parameter, disables ordinary triggers for a
-- session. Attach with replicas => true.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

SET session_replication_role = 'replica';
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
RESET session_replication_role;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
