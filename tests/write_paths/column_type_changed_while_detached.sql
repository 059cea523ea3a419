-- ALTER COLUMN … TYPE … USING, between detach and attach
-- PostgreSQL rewrites the table without firing triggers, and `attach` does not read the rows.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

BEGIN;
SELECT routable.detach('workspaces');
ALTER TABLE workspaces ALTER COLUMN runtime TYPE varchar(40) USING 'hermes';
SELECT guard('workspaces');
COMMIT;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs, 0 AS false_refusals FROM workspaces;
