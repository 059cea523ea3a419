-- ALTER DEFAULT PRIVILEGES can revoke what PostgreSQL grants to everybody on each function.
CREATE DATABASE regress_model_routable_hardened TEMPLATE template0;
SELECT current_database() AS original \gset
\c regress_model_routable_hardened
\set SHOW_CONTEXT never
\pset format unaligned
CREATE ROLE regress_model_routable_app;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (id int, runtime text, model text);
CREATE TABLE regress_checked (LIKE workspaces);
CREATE TABLE regress_denied (LIKE workspaces);
SELECT routable.attach('workspaces'), routable.attach('regress_checked', mechanism => 'check'), routable.attach('regress_denied', unknown_runtime => 'deny');
GRANT INSERT, SELECT, UPDATE ON workspaces, regress_checked, regress_denied TO regress_model_routable_app;
GRANT CREATE ON SCHEMA public TO regress_model_routable_app;
SET ROLE regress_model_routable_app;
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
INSERT INTO regress_checked TABLE workspaces;
INSERT INTO regress_denied TABLE workspaces;
UPDATE workspaces SET runtime = 'claude-code';
-- A role without any grant calls every function and reads every view, except the functions of the registry's keeper.
SELECT pg_proc.oid::regprocedure FROM pg_proc JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
    WHERE NOT has_function_privilege(pg_proc.oid, 'EXECUTE');
SELECT pg_class.oid::regclass FROM pg_class JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
    WHERE relkind = 'v' AND NOT has_table_privilege(pg_class.oid, 'SELECT');
SELECT count(*) > 0 AS answered FROM routable.runtimes;
SELECT count(*) > 0 AS answered FROM routable.providers;
SELECT count(*) > 0 AS answered FROM routable.models;
SELECT count(*) > 0 AS answered FROM routable.registry;
SELECT relation, state, issues, routable.is_guarded(relation) FROM routable.guards ORDER BY 1;
SELECT model_routable('hermes', 'sonnet'), routable.model_routable('hermes', 'sonnet'), (routable.explain('hermes', 'sonnet')).code,
    routable.derive_provider('claude-code', 'sonnet'), routable.default_model('hermes');
CREATE TABLE regress_own (runtime text, model text);
SELECT routable.attach('regress_own');
INSERT INTO regress_own VALUES ('hermes', 'sonnet');
SELECT count(*) FROM routable.audit('regress_own');
SELECT routable.detach('regress_own');
DROP TABLE regress_own;
RESET ROLE;
-- If somebody revokes a privilege later, routable.guards names the roles that are refused.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION routable.passes(text, text, text, text) FROM PUBLIC;
SELECT relation, state, issues FROM routable.guards ORDER BY 1;
SET ROLE regress_model_routable_app;
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
INSERT INTO regress_denied VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
INSERT INTO regress_checked VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
\c :original
DROP DATABASE regress_model_routable_hardened;
DROP ROLE regress_model_routable_app;
