-- In its own database, so that nothing else depends on the extension.
\set original :DBNAME
CREATE DATABASE regress_model_routable_drop TEMPLATE template0;
\c regress_model_routable_drop
\set SHOW_CONTEXT never
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (runtime text, model text);
SELECT routable.attach('workspaces');
DROP EXTENSION model_routable;
INSERT INTO workspaces VALUES ('hermes', 'x');
SELECT routable.detach('workspaces');
DROP EXTENSION model_routable;
INSERT INTO workspaces VALUES ('hermes', 'x');
SELECT count(*) FROM pg_namespace WHERE nspname = 'routable';

-- The extension is created again, in another schema, with its table.
CREATE SCHEMA "Elsewhere";
CREATE EXTENSION model_routable SCHEMA "Elsewhere";
SELECT "Elsewhere".model_routable('hermes', 'x');
SELECT routable.attach('workspaces');
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES ('hermes', 'x');
SET search_path = "Elsewhere", public;
SELECT routable.attach('workspaces');
ALTER EXTENSION model_routable SET SCHEMA public;
DROP EXTENSION model_routable CASCADE;

-- A schema that exists beforehand is an error, and so is a creator who is not a superuser.
CREATE SCHEMA routable;
CREATE EXTENSION model_routable SCHEMA public;
DROP SCHEMA routable;
CREATE ROLE regress_model_routable_plain;
GRANT CREATE ON DATABASE regress_model_routable_drop TO regress_model_routable_plain;
SET ROLE regress_model_routable_plain;
CREATE EXTENSION model_routable SCHEMA public;
RESET ROLE;
REVOKE CREATE ON DATABASE regress_model_routable_drop FROM regress_model_routable_plain;
DROP ROLE regress_model_routable_plain;
\c :original
DROP DATABASE regress_model_routable_drop;
