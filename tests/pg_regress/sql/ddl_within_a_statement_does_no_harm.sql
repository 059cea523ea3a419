-- A trigger that runs before the guard drops its table or its triggers, or tries to, in the same statement.
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE TABLE workspaces (id int, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet'), (2, 'claude-code', 'sonnet');
CREATE FUNCTION regress_ddl() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        EXECUTE TG_ARGV[0];
    EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE '%', SQLSTATE;
    END;
    RETURN NEW;
END
$$;
CREATE PROCEDURE regress_try(statement text, on_mismatch text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM routable.attach('workspaces', on_mismatch => regress_try.on_mismatch);
    EXECUTE format('CREATE TRIGGER aaa BEFORE INSERT OR UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION regress_ddl(%L)', statement);
    BEGIN
        UPDATE workspaces SET runtime = 'hermes';
        IF on_mismatch = 'raise' THEN
            RAISE WARNING 'stored: %', statement;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'UNDON';
    EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE '% with %: %', statement, on_mismatch, SQLSTATE;
    END;
    DROP TRIGGER aaa ON workspaces;
END
$$;
SET client_min_messages = warning;
SELECT count(*) FROM (SELECT 1) AS once;
DO $$
DECLARE
    statement text;
    on_mismatch text;
BEGIN
    FOREACH on_mismatch IN ARRAY '{raise,warn,reset}'::text[] LOOP
        FOREACH statement IN ARRAY ARRAY['DROP TABLE workspaces', 'DROP TRIGGER model_routable_final ON workspaces',
            'DROP TRIGGER model_routable ON workspaces', 'ALTER TABLE workspaces RENAME COLUMN model TO other',
            'ALTER TABLE workspaces RENAME TO others', 'ALTER TABLE workspaces DISABLE TRIGGER ALL',
            'ALTER TABLE workspaces DROP COLUMN model CASCADE', 'ALTER TABLE workspaces ALTER COLUMN model TYPE varchar(200)',
            'CREATE TRIGGER zzz BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
            'SELECT routable.detach(''workspaces'')', 'SELECT routable.attach(''workspaces'', before_update => false)'] LOOP
            CALL regress_try(statement, on_mismatch);
        END LOOP;
    END LOOP;
END
$$;
-- If the trigger with the last word is gone by then, both warn: twice is better than not at all.
SELECT routable.attach('workspaces', on_mismatch => 'warn');
CREATE TRIGGER aaa BEFORE INSERT OR UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION regress_ddl('DROP TABLE workspaces');
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
DROP TRIGGER aaa ON workspaces;

-- Triggers typed by hand: the BEFORE trigger warns, unless the last word is certain to come.
SELECT routable.detach('workspaces');
UPDATE workspaces SET runtime = 'claude-code';
SET model_routable.enforcement = 'warn';
CREATE TRIGGER mine BEFORE UPDATE ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
CREATE TRIGGER mine_final AFTER UPDATE OF runtime ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
UPDATE workspaces SET model = 'nope' WHERE id = 1;
DROP TRIGGER mine_final ON workspaces;
CREATE TRIGGER mine_final AFTER UPDATE ON workspaces FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=d');
UPDATE workspaces SET model = 'nope too' WHERE id = 1;
DROP TRIGGER mine_final ON workspaces;
CREATE TRIGGER mine_final AFTER UPDATE ON workspaces FOR EACH ROW WHEN (NEW.runtime <> NEW.model AND false)
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
UPDATE workspaces SET model = 'nope again' WHERE id = 1;
DROP TRIGGER mine_final ON workspaces;
CREATE TRIGGER mine_final AFTER UPDATE ON workspaces FOR EACH ROW WHEN (NOT model_routable(NEW.runtime, NEW.model))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
UPDATE workspaces SET model = 'nope at last' WHERE id = 1;
RESET model_routable.enforcement;
DROP TABLE workspaces;
DROP FUNCTION regress_ddl;
DROP PROCEDURE regress_try;

-- A guard that is replaced within a statement would judge none of its rows.
\set VERBOSITY default
RESET client_min_messages;
CREATE TABLE workspaces (id int, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
SELECT routable.attach('workspaces');
CREATE FUNCTION regress_call() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE TG_ARGV[0]; RETURN NEW; END $$;
CREATE TRIGGER aaa BEFORE INSERT ON workspaces FOR EACH ROW EXECUTE FUNCTION regress_call('SELECT routable.attach(''workspaces'', before_update => false)');
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet');
INSERT INTO workspaces_low VALUES (1, 'hermes', 'sonnet');
DROP TRIGGER aaa ON workspaces;
CREATE TRIGGER aaa BEFORE INSERT ON workspaces FOR EACH ROW EXECUTE FUNCTION regress_call('SELECT routable.detach(''workspaces'')');
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet');
TABLE workspaces;
DROP TABLE workspaces;
DROP FUNCTION regress_call;
