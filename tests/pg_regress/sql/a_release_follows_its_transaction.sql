SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
\set registry `cat providers.yaml`
SELECT replace(:'registry', E'          - kimi-k2\n', E'        withdrawn_models: [kimi-k2]\n') AS withdrawn \gset
CREATE EXTENSION model_routable;
-- A preview is a transaction that is rolled back.
CREATE TABLE workspaces (id int, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'kimi-k2');
BEGIN;
SELECT routable.release(:'withdrawn', wait_for_writers => false);
SELECT runtime, model, rows, code FROM routable.audit('workspaces');
ROLLBACK;
SELECT count(*) FROM routable.audit('workspaces');
SELECT model_routable('claude-code', 'kimi-k2'), release FROM routable.registry;
-- If a transaction is rolled back, its number is used again, with another registry.
BEGIN;
SELECT routable.release(:'registry');
SELECT model_routable('claude-code', 'kimi-k2');
ROLLBACK;
SELECT routable.release(:'withdrawn');
SELECT model_routable('claude-code', 'kimi-k2');
SELECT routable.revert(0);
-- ROLLBACK TO a savepoint undoes a release, also within one statement.
BEGIN;
SELECT model_routable('claude-code', 'kimi-k2');
SAVEPOINT before;
SELECT routable.release(:'withdrawn');
SELECT model_routable('claude-code', 'kimi-k2');
ROLLBACK TO before;
SELECT model_routable('claude-code', 'kimi-k2'), release FROM routable.registry;
COMMIT;
CREATE TABLE regress_withdrawn AS SELECT :'withdrawn'::text AS registry;
CREATE FUNCTION regress_release_and_fail() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT model_routable('claude-code', 'kimi-k2');
    BEGIN
        PERFORM routable.release(registry) FROM regress_withdrawn;
        RETURN NEXT model_routable('claude-code', 'kimi-k2');
        RAISE division_by_zero;
    EXCEPTION WHEN division_by_zero THEN
        RETURN NEXT model_routable('claude-code', 'kimi-k2');
    END;
    PERFORM routable.release(registry) FROM regress_withdrawn;
    RETURN NEXT model_routable('claude-code', 'kimi-k2');
END
$$;
SELECT regress_release_and_fail();
-- REPEATABLE READ and SERIALIZABLE use what is in force now, and do not use a number twice.
SELECT routable.revert(0);
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT model_routable('claude-code', 'kimi-k2');
SELECT routable.release(:'withdrawn', wait_for_writers => false);
SELECT model_routable('claude-code', 'kimi-k2');
INSERT INTO workspaces VALUES (2, 'claude-code', 'kimi-k2');
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT routable.release(:'withdrawn');
ROLLBACK;
-- A cursor and a statement that release a registry while they read.
BEGIN;
DECLARE regress_cursor CURSOR FOR SELECT model_routable('claude-code', 'kimi-k2') FROM generate_series(1, 3);
FETCH regress_cursor;
SELECT routable.release(:'withdrawn');
FETCH regress_cursor;
COMMIT;
DROP FUNCTION regress_release_and_fail;
DROP TABLE workspaces, regress_withdrawn;
\c :original
DROP DATABASE regress_model_routable_releases;
