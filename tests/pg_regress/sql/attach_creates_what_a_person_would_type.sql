CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model varchar(100), "Other ""Runtime""" text);
SELECT routable.attach();
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;

-- Attaching again with the same settings changes nothing. A guard that was typed by hand counts as attached.
SELECT oid AS before FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass AND tgname = 'model_routable' \gset
SELECT routable.attach('workspaces');
SELECT oid = :before AS same_trigger FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass AND tgname = 'model_routable';
SELECT routable.detach('workspaces');
SELECT routable.detach('workspaces');
CREATE TRIGGER model_routable BEFORE UPDATE ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces NOT DEFERRABLE FOR EACH ROW
    WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable');
SELECT routable.attach('workspaces');

-- Other settings replace the guard. Other columns add a guard.
SELECT routable.attach('workspaces', before_update => false);
SELECT tgname FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
SELECT routable.detach('workspaces');
SELECT routable.attach('workspaces', runtime_column => 'Other "Runtime"');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
INSERT INTO workspaces VALUES (1, 'hermes', 'x', 'langgraph');
UPDATE workspaces SET "Other ""Runtime""" = 'hermes';
SELECT routable.detach('workspaces', runtime_column => 'Other "Runtime"');
SELECT routable.attach('workspaces');

-- attach repairs what was disabled, dropped or altered.
ALTER TABLE workspaces DISABLE TRIGGER model_routable;
SELECT routable.attach('workspaces');
DROP TRIGGER model_routable_final ON workspaces;
SELECT routable.attach('workspaces');
ALTER TRIGGER model_routable ON workspaces RENAME TO mine;
SELECT routable.attach('workspaces');
SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;

-- A renamed table keeps its guard, with the same constraint name.
ALTER TABLE workspaces RENAME TO renamed;
SELECT routable.attach('renamed');

-- A trigger of the same name with another function is left alone.
CREATE TABLE regress_other (runtime text, model text);
CREATE TRIGGER model_routable BEFORE UPDATE ON regress_other FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
\set SHOW_CONTEXT never
SELECT routable.attach('regress_other');
SELECT routable.detach('regress_other');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'regress_other'::regclass;
DROP TABLE renamed, regress_other;
