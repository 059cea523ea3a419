-- model_routable.enforcement = warn
-- This is the break-glass setting. Superusers may set it and, from PostgreSQL 15 on, roles that were granted it. Each
-- pair that it lets through is a line in the server's log. It has no effect on a CHECK.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

SET model_routable.enforcement = 'warn';
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
RESET model_routable.enforcement;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
