-- A registry that is released by SQL: its answers, its origin, and its revert.
SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set VERBOSITY terse
\set SHOW_CONTEXT never
\set registry `cat providers.yaml`
SELECT replace(:'registry', E'          - kimi-k2\n', E'        withdrawn_models: [kimi-k2]\n') AS withdrawn \gset
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (id int, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'kimi-k2');
SELECT source, release, released_by, note, sha256 = built_in_sha256 AS is_built_in FROM routable.registry;
PREPARE insert_kimi AS INSERT INTO workspaces VALUES (2, 'claude-code', 'kimi-k2');
EXECUTE insert_kimi;
SELECT routable.release(:'withdrawn', 'kimi-k2 is gone');
-- A statement that was prepared before is judged by the release too.
EXECUTE insert_kimi;
\set VERBOSITY default
INSERT INTO workspaces VALUES (2, 'claude-code', 'kimi-k2');
\set VERBOSITY terse
SELECT code, provider FROM routable.explain('claude-code', 'kimi-k2');
SELECT model, status FROM routable.models WHERE runtime = 'claude-code' AND model LIKE 'kimi-k2%';
SELECT source, release, released_by = current_user AS by_me, note, sha256 = built_in_sha256 AS is_built_in FROM routable.registry;
SELECT runtime, model, rows, code FROM routable.audit('workspaces');
-- A row from before stays editable.
UPDATE workspaces SET id = 3 WHERE id = 2;
-- The history, and reverts.
SELECT number, note, runtimes, providers, models, source = :'withdrawn' AS is_source, sha256 = encode(sha256(convert_to(source, 'UTF8')), 'hex') AS is_sha256
    FROM routable.releases;
SELECT routable.revert();
EXECUTE insert_kimi;
SELECT routable.revert(1);
EXECUTE insert_kimi;
SELECT routable.revert(0, 'as it was built');
EXECUTE insert_kimi;
SELECT number, note, source IS NULL AS is_built_in FROM routable.releases ORDER BY number;
SELECT source, release, note, sha256 = built_in_sha256 AS is_built_in FROM routable.registry;
-- The errors for impossible calls.
SELECT routable.revert(7);
SELECT routable.release(NULL);
SELECT routable.revert(1, wait_for_writers => NULL);
DROP TABLE workspaces;
DROP EXTENSION model_routable;
CREATE EXTENSION model_routable;
SELECT routable.revert();
-- After DROP EXTENSION and CREATE EXTENSION, nothing of the former table is in force.
SELECT model_routable('claude-code', 'kimi-k2'), release FROM routable.registry;
\c :original
DROP DATABASE regress_model_routable_releases;
