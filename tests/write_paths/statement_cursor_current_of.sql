-- UPDATE … WHERE CURRENT OF a cursor
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

BEGIN;
DECLARE first CURSOR FOR SELECT * FROM workspaces WHERE id = 1 FOR UPDATE;
MOVE first;
UPDATE workspaces SET runtime = 'hermes' WHERE CURRENT OF first;
COMMIT;
BEGIN;
DECLARE second CURSOR FOR SELECT * FROM workspaces WHERE id = 2 FOR UPDATE;
MOVE second;
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE CURRENT OF second;
COMMIT;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
