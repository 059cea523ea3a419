-- DROP TRIGGER, of the last word alone
-- The table's owner may drop its triggers. The BEFORE trigger judges updates, but no INSERT.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

SELECT format('DROP TRIGGER %I ON workspaces', tgname) FROM pg_trigger
    WHERE tgrelid = 'workspaces'::regclass AND tgconstraint <> 0 AND position('runtime=runtime'::bytea IN tgargs) = 1
\gexec
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
