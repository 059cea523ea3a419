-- The library finds the table of releases by what the extension owns. A table of the same name elsewhere is not read, neither if
-- it has a release nor if it has none, which would mean the built-in registry.
SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set registry `cat providers.yaml`
SELECT replace(:'registry', E'          - kimi-k2\n', E'        withdrawn_models: [kimi-k2]\n') AS withdrawn \gset
CREATE EXTENSION model_routable;
ALTER SCHEMA routable RENAME TO moved;
CREATE SCHEMA routable;
CREATE TABLE routable.release_store (LIKE moved.release_store INCLUDING ALL);
INSERT INTO routable.release_store (number, released_at, released_by, source, sha256, runtimes, providers, models, image)
    SELECT 1, now(), current_user, :'withdrawn', sha256, runtimes, providers, models, image FROM moved.compile(:'withdrawn'); \c
SELECT model_routable('claude-code', 'kimi-k2');
-- Nor if it belongs to another extension.
ALTER EXTENSION plpgsql ADD TABLE routable.release_store; \c
SELECT model_routable('claude-code', 'kimi-k2');
ALTER EXTENSION plpgsql DROP TABLE routable.release_store;
ALTER SCHEMA routable RENAME TO planted;
ALTER SCHEMA moved RENAME TO routable;
SELECT routable.release(:'withdrawn', wait_for_writers => false);
ALTER SCHEMA routable RENAME TO moved;
ALTER SCHEMA planted RENAME TO routable;
DELETE FROM routable.release_store; \c
SELECT model_routable('claude-code', 'kimi-k2');
TRUNCATE routable.release_store; \c
SELECT model_routable('claude-code', 'kimi-k2');
-- The table left the extension and came back. Its rows are no longer dumped, and are in force.
ALTER EXTENSION model_routable DROP TABLE moved.release_store;
ALTER EXTENSION model_routable ADD TABLE moved.release_store;
SELECT extconfig FROM pg_extension WHERE extname = 'model_routable'; \c
SELECT model_routable('claude-code', 'kimi-k2');
\c :original
DROP DATABASE regress_model_routable_releases;
