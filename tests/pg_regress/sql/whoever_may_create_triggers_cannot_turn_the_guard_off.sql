-- GRANT ALL includes the TRIGGER privilege, with which an ordinary trigger can be replaced (PostgreSQL 14 and later).
SELECT current_setting('server_version_num')::integer >= 140000 AS can_replace \gset
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE ROLE regress_model_routable_app;
CREATE TABLE workspaces (id int, runtime text, model text);
CREATE TABLE regress_parted (id int, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE regress_part PARTITION OF regress_parted FOR VALUES FROM (0) TO (100);
GRANT ALL ON workspaces, regress_parted, regress_part TO regress_model_routable_app;
SELECT routable.attach('workspaces'), routable.attach('regress_parted');
SET ROLE regress_model_routable_app;
DO $$
DECLARE
    statement text;
BEGIN
    FOREACH statement IN ARRAY ARRAY[
        'CREATE OR REPLACE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON %s FOR EACH ROW WHEN (false) EXECUTE FUNCTION routable.guard(''runtime=runtime'', ''model=model'', ''constraint=c'')',
        'CREATE OR REPLACE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON %s FOR EACH ROW WHEN (false) EXECUTE FUNCTION routable.guard(''runtime=runtime'', ''model=model'', ''constraint=c'')',
        'DROP TRIGGER model_routable_final ON %s', 'ALTER TRIGGER model_routable_final ON %s RENAME TO x',
        'ALTER TABLE %s DISABLE TRIGGER model_routable_final'] LOOP
        FOREACH statement IN ARRAY ARRAY[format(statement, 'workspaces'), format(statement, 'regress_parted'), format(statement, 'regress_part')] LOOP
            BEGIN
                EXECUTE statement;
                RAISE NOTICE 'not refused: %', statement;
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
        END LOOP;
    END LOOP;
END
$$;
-- Triggers that the role may create come in addition to the guard, and do not replace it.
\if :can_replace
CREATE OR REPLACE TRIGGER model_routable BEFORE UPDATE ON workspaces FOR EACH ROW WHEN (false)
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
\else
CREATE TRIGGER aaa BEFORE UPDATE ON workspaces FOR EACH ROW WHEN (false)
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
\endif
CREATE TRIGGER zzz AFTER INSERT ON workspaces FOR EACH ROW WHEN (false)
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c', 'on_mismatch=warn');
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet');
INSERT INTO regress_parted VALUES (1, 'hermes', 'sonnet');
INSERT INTO regress_part VALUES (1, 'hermes', 'sonnet');
INSERT INTO workspaces VALUES (1, 'claude-code', 'sonnet');
UPDATE workspaces SET runtime = 'hermes';
RESET ROLE;
SELECT relation, state, issues, routable.is_guarded(relation) FROM routable.guards ORDER BY 1;

-- A guard of an earlier version is reported until it is attached again.
SELECT routable.detach('workspaces'), routable.detach('regress_parted');
CREATE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces FOR EACH ROW
    WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
\if :can_replace
SELECT state, issues FROM routable.guards;
SET ROLE regress_model_routable_app;
CREATE OR REPLACE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces FOR EACH ROW WHEN (false)
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
RESET ROLE;
SELECT state, issues FROM routable.guards;
GRANT TRIGGER ON workspaces TO PUBLIC;
SELECT state, issues FROM routable.guards;
\endif
SELECT routable.attach('workspaces');
SELECT relation, state, constraint_name, issues FROM routable.guards;

-- PostgreSQL has no constraint triggers on foreign tables.
CREATE FOREIGN DATA WRAPPER regress_model_routable_wrapper;
CREATE SERVER regress_model_routable_server FOREIGN DATA WRAPPER regress_model_routable_wrapper;
CREATE FOREIGN TABLE regress_foreign (id int, runtime text, model text) SERVER regress_model_routable_server;
SELECT routable.attach('regress_foreign');
\if :can_replace
GRANT TRIGGER ON regress_foreign TO regress_model_routable_app;
SELECT state, issues FROM routable.guards WHERE relation = 'regress_foreign'::regclass;
\endif
SELECT routable.attach('regress_foreign');
CREATE FOREIGN TABLE regress_foreign_part PARTITION OF regress_parted FOR VALUES FROM (100) TO (200) SERVER regress_model_routable_server;
SELECT routable.attach('regress_parted');
SELECT routable.is_guarded('regress_parted');
SELECT routable.attach('regress_parted', mechanism => 'check');
DROP TABLE workspaces, regress_parted;
DROP FOREIGN DATA WRAPPER regress_model_routable_wrapper CASCADE;
DROP ROLE regress_model_routable_app;
