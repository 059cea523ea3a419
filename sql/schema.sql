\echo Use "CREATE EXTENSION model_routable" to load this file. \quit

-- Without IF NOT EXISTS: a schema that somebody planted beforehand, with objects of their own, is an error.
CREATE SCHEMA routable;
GRANT USAGE ON SCHEMA routable TO PUBLIC;
COMMENT ON SCHEMA routable IS 'model_routable: the guard against unroutable (runtime, model) pairs, and the registry behind it';
