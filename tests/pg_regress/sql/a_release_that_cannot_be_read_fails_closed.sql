-- A stored image that has another layout or is damaged is compiled again from the text. If the text is not a registry either,
-- every lookup is an error that says what to do.
SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set SHOW_CONTEXT never
SET client_min_messages = warning;
\set registry `cat providers.yaml`
CREATE EXTENSION model_routable;
SELECT replace(:'registry', E'          - kimi-k2\n', E'        withdrawn_models: [kimi-k2]\n') AS withdrawn \gset
SELECT routable.release(:'withdrawn');
-- The table belongs to the extension, whatever its name and schema are.
ALTER TABLE routable.release_store RENAME TO elsewhere; \c
SELECT model_routable('claude-code', 'kimi-k2'), release FROM routable.registry;
ALTER TABLE routable.elsewhere RENAME TO release_store; \c
SET client_min_messages = warning;
ALTER TABLE routable.release_store DISABLE TRIGGER check_release;
-- No image, a part of an image, a changed image, another layout, and the image of another file.
UPDATE routable.release_store SET image = NULL; \c
SELECT model_routable('claude-code', 'kimi-k2');
UPDATE routable.release_store SET image = (SELECT substr(image, 1, 1000) FROM routable.compile(source)); \c
SELECT model_routable('claude-code', 'kimi-k2');
UPDATE routable.release_store SET image = (SELECT set_byte(image, 2000, get_byte(image, 2000) # 1) FROM routable.compile(source)); \c
SELECT model_routable('claude-code', 'kimi-k2');
UPDATE routable.release_store SET image = (SELECT set_byte(image, 8, 1) FROM routable.compile(source)); \c
SELECT model_routable('claude-code', 'kimi-k2');
UPDATE routable.release_store SET image = 'MDLROUT'; \c
SELECT model_routable('claude-code', 'kimi-k2');
-- The table's owner gave a column another type.
ALTER TABLE routable.release_store ALTER image TYPE integer USING 12345; \c
SELECT model_routable('claude-code', 'kimi-k2');
ALTER TABLE routable.release_store ALTER image TYPE bytea USING NULL; \c
SELECT model_routable('claude-code', 'kimi-k2');
-- This version cannot read the text.
UPDATE routable.release_store SET image = NULL, source = 'schema_version: 2'; \c
SET client_min_messages = warning;
CREATE TABLE workspaces (runtime text, model text);
SELECT routable.attach('workspaces');
SELECT model_routable('claude-code', 'kimi-k2');
INSERT INTO workspaces VALUES ('claude-code', 'sonnet');
\set VERBOSITY terse
SELECT count(*) FROM routable.models;
SELECT routable.default_model('hermes');
SELECT source FROM routable.registry;
SELECT number, note FROM routable.releases;
SELECT model_routable('claude-code', 'kimi-k2');
-- How to get out of it.
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_release;
SET client_min_messages = notice;
SELECT routable.revert(0);
SELECT model_routable('claude-code', 'kimi-k2');
INSERT INTO workspaces VALUES ('claude-code', 'sonnet');
DROP TABLE workspaces;
\c :original
DROP DATABASE regress_model_routable_releases;
