\set original :DBNAME
\set SHOW_CONTEXT never
CREATE DATABASE regress_model_routable_planted TEMPLATE template0;
\c regress_model_routable_planted
-- A role that may create objects in the extension's schema creates functions and operators that match the calls of the
-- scripts exactly. Those would be preferred to PostgreSQL's own, which are polymorphic.
CREATE FUNCTION public.format(text, text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$;
CREATE FUNCTION public.format(text, name, name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$;
CREATE FUNCTION public.format(text, text, regclass) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$;
CREATE FUNCTION public.concat(text[], text[]) RETURNS text[] LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$;
CREATE OPERATOR public.|| (LEFTARG = text[], RIGHTARG = text[], FUNCTION = public.concat);
CREATE TABLE workspaces (runtime text, model text);
CREATE TABLE workspaces_too () INHERITS (workspaces);
CREATE EXTENSION model_routable;
SELECT routable.attach();
SELECT relation, state, issues FROM routable.guards;
SELECT routable.is_guarded('workspaces');
\c :original
DROP DATABASE regress_model_routable_planted;
