-- Subtransactions
-- A deferred guard refuses at COMMIT, and this undoes the whole transaction. No savepoint or exception block can
-- contain the refusal.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

BEGIN;
SAVEPOINT bad;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
\if :ERROR
ROLLBACK TO SAVEPOINT bad;
\endif
RELEASE SAVEPOINT bad;
SAVEPOINT fine;
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
RELEASE SAVEPOINT fine;
COMMIT;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
