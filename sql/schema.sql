\echo Use "CREATE EXTENSION model_routable" to load this file. \quit

-- For this script: whoever may create objects in the schema that CREATE EXTENSION picks could otherwise offer functions
-- and operators that fit better than PostgreSQL's own, and have them called by the superuser who runs it.
SET LOCAL search_path = pg_catalog, pg_temp;

-- Without IF NOT EXISTS: a schema that somebody planted beforehand, with objects of their own, is an error.
CREATE SCHEMA routable;
GRANT USAGE ON SCHEMA routable TO PUBLIC;
COMMENT ON SCHEMA routable IS 'model_routable: the guard against unroutable (runtime, model) pairs, and the registry behind it';
