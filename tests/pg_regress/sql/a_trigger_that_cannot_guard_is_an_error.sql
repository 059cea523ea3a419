\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int, runtime text, model text, stored text GENERATED ALWAYS AS (model) STORED);
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
SELECT routable.guard();

CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH STATEMENT EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE DELETE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
DELETE FROM workspaces;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t AFTER TRUNCATE ON workspaces EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
TRUNCATE workspaces;
DROP TRIGGER t ON workspaces;

-- Arguments: none, one missing, unknown, malformed, empty, repeated, too long.
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard();
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c', 'colour=blue');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'runtime=id');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
DO $$
BEGIN
    EXECUTE format('CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard(%L, %L, %L)',
        'runtime=runtime', 'model=model', 'constraint=' || repeat('c', 1000));
END
$$;
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;

-- Columns: missing, of another type, not computed yet.
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=gone', 'model=model', 'constraint=c');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=id', 'model=model', 'constraint=c');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=stored', 'constraint=c');
UPDATE workspaces SET id = 1;
DROP TRIGGER t ON workspaces;
CREATE TRIGGER t AFTER UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=stored', 'constraint=c');
UPDATE workspaces SET model = 'x';
DROP TRIGGER t ON workspaces;

-- A view's INSTEAD OF trigger stores nothing by itself.
CREATE VIEW regress_view AS SELECT * FROM workspaces;
CREATE TRIGGER t INSTEAD OF UPDATE ON regress_view FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
UPDATE regress_view SET id = 1;
DROP VIEW regress_view;

-- A renamed, dropped or retyped column of a guarded table is an error at the next statement, also in the same session.
SELECT routable.attach('workspaces');
PREPARE edit AS UPDATE workspaces SET id = 1;
EXECUTE edit;
ALTER TABLE workspaces RENAME COLUMN runtime TO engine;
EXECUTE edit;
\set VERBOSITY terse
SELECT routable.attach('workspaces', 'engine');
\set VERBOSITY verbose
EXECUTE edit;
\set VERBOSITY terse
-- PostgreSQL itself refuses to drop or retype a column that the WHEN names.
ALTER TABLE workspaces DROP COLUMN engine;
ALTER TABLE workspaces ALTER COLUMN engine TYPE varchar(50);
DEALLOCATE edit;
DROP TABLE workspaces;

-- Other events in addition to UPDATE: an UPDATE that moves a row also deletes it.
CREATE TABLE fleet (region int, runtime text, model text) PARTITION BY LIST (region);
CREATE TABLE fleet_1 PARTITION OF fleet FOR VALUES IN (1);
CREATE TABLE fleet_2 PARTITION OF fleet FOR VALUES IN (2);
CREATE TRIGGER t BEFORE UPDATE OR DELETE ON fleet FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
INSERT INTO fleet VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
UPDATE fleet SET region = 2;
DROP TABLE fleet;
