\set original :DBNAME
CREATE DATABASE regress_model_routable_notice TEMPLATE template0;
\c regress_model_routable_notice
-- No NOTICE: there is no such table, or it has other columns.
CREATE EXTENSION model_routable;
DROP EXTENSION model_routable;
CREATE TABLE workspaces (id int, model text);
CREATE EXTENSION model_routable;
DROP EXTENSION model_routable;

-- The NOTICE has the statement to run. The table is not guarded before that.
ALTER TABLE workspaces ADD COLUMN runtime text;
CREATE EXTENSION model_routable;
INSERT INTO workspaces VALUES (1, 'x', 'hermes');
SELECT routable.attach('public.workspaces');
SHOW client_min_messages;
DROP EXTENSION model_routable CASCADE;

CREATE SCHEMA "Tenant";
CREATE TABLE "Tenant".workspaces (runtime text, model text);
CREATE EXTENSION model_routable SCHEMA public;
DROP EXTENSION model_routable;
SET client_min_messages = error;
CREATE EXTENSION model_routable SCHEMA public;
\c :original
DROP DATABASE regress_model_routable_notice;
