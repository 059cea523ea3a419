\set SHOW_CONTEXT never
SELECT routable.attach();
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('nowhere');
\echo SQLSTATE :SQLSTATE
CREATE TABLE workspaces (runtime text, model text, number int, joined text GENERATED ALWAYS AS (runtime || model) STORED);
CREATE VIEW regress_view AS SELECT * FROM workspaces;
CREATE MATERIALIZED VIEW regress_materialized AS SELECT * FROM workspaces;
SELECT routable.attach('regress_view');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('regress_materialized');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces', 'missing');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces', model_column => 'ctid');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces', model_column => 'number');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces', model_column => 'joined');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces', 'model', 'model');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach(NULL);
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces', NULL);
\echo SQLSTATE :SQLSTATE
SELECT routable.detach(NULL);
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('pg_description', 'description', 'objoid');
\echo SQLSTATE :SQLSTATE

-- The TRIGGER privilege does not include replacing and dropping triggers.
CREATE ROLE regress_model_routable_stranger;
GRANT ALL ON workspaces TO regress_model_routable_stranger;
SET ROLE regress_model_routable_stranger;
SELECT routable.attach('workspaces');
\echo SQLSTATE :SQLSTATE
RESET ROLE;
SELECT routable.attach('workspaces');
\echo SQLSTATE :SQLSTATE
SET ROLE regress_model_routable_stranger;
SELECT routable.detach('workspaces');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces');
\echo SQLSTATE :SQLSTATE
RESET ROLE;
-- An owner needs no other privilege.
ALTER TABLE workspaces OWNER TO regress_model_routable_stranger;
SET ROLE regress_model_routable_stranger;
SELECT routable.detach('workspaces');
\echo SQLSTATE :SQLSTATE
SELECT routable.attach('workspaces');
\echo SQLSTATE :SQLSTATE
RESET ROLE;
DROP TABLE workspaces CASCADE;
DROP ROLE regress_model_routable_stranger;

-- An enum with its own cast, which could show another model to the trigger's condition than the stored one.
CREATE TYPE model_label AS ENUM ('sonnet', 'nonsense');
CREATE FUNCTION shown_as(model_label) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'sonnet' $$;
CREATE CAST (model_label AS text) WITH FUNCTION shown_as(model_label);
CREATE TABLE workspaces (runtime text, model model_label);
SELECT routable.attach();
DROP TABLE workspaces;
DROP CAST (model_label AS text);
DROP FUNCTION shown_as(model_label);
DROP TYPE model_label;
