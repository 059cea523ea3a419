-- A trigger with the guard's function can also be typed for INSERT, for the time of a load: docs/adopting.md, "Bulk loads".
\set SHOW_CONTEXT errors
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
SELECT routable.attach('workspaces');
COPY workspaces FROM STDIN;
2	hermes	moonshot/kimi-k2.6
3	hermes	sonnet
\.
CREATE TRIGGER model_routable_load BEFORE INSERT ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
COPY workspaces FROM STDIN;
2	hermes	moonshot/kimi-k2.6
3	hermes	sonnet
\.
SELECT relation, before_update, on_insert, state, issues, routable.is_guarded(relation) FROM routable.guards;

-- It refuses the row that an upsert proposes, even if that row would not be stored.
\set VERBOSITY terse
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet') ON CONFLICT DO NOTHING;
BEGIN;
SET LOCAL model_routable.enforcement = 'warn';
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet') ON CONFLICT DO NOTHING;
ROLLBACK;

-- attach and detach remove it.
SELECT routable.attach('workspaces');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet') ON CONFLICT DO NOTHING;
DROP TABLE workspaces;
