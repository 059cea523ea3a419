-- The schema that all objects are in, and what has to be known before the first of them is made.

DO $$
DECLARE
    place name;
    owner oid;
BEGIN
    IF pg_catalog.current_setting('server_encoding') OPERATOR(pg_catalog.<>) 'UTF8' THEN
        RAISE EXCEPTION 'the SQL edition of model_routable needs a database in UTF8'
            USING ERRCODE = 'feature_not_supported',
                DETAIL = pg_catalog.format('This database is in %s.', pg_catalog.current_setting('server_encoding'));
    ELSIF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'model_routable') THEN
        RAISE EXCEPTION 'the extension model_routable is installed in this database'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'To put a registry in force there: SELECT routable.release(...);';
    END IF;
    -- As CREATE EXTENSION chooses, for the function that is called without a schema. It is created when the path is another.
    SELECT schema INTO place FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS path (schema, position)
        WHERE schema OPERATOR(pg_catalog.<>) 'routable' AND pg_catalog.has_schema_privilege(schema, 'CREATE')
        ORDER BY position LIMIT 1;
    PERFORM pg_catalog.set_config('model_routable.schema', coalesce(place, ''), true);
    SELECT nspowner INTO owner FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'routable';
    IF NOT FOUND THEN
        CREATE SCHEMA routable;
    ELSIF NOT pg_catalog.pg_has_role(owner, 'USAGE') THEN
        -- Somebody else's: its owner could replace whatever is put into it.
        RAISE EXCEPTION 'schema "routable" belongs to role "%"', pg_catalog.pg_get_userbyid(owner)
            USING ERRCODE = 'insufficient_privilege', HINT = 'Run the script as a role that owns the schema.';
    END IF;
END
$$;
SET LOCAL search_path = pg_catalog, pg_temp;
-- Functions are created before what they call.
SET LOCAL check_function_bodies = off;

GRANT USAGE ON SCHEMA routable TO PUBLIC;
COMMENT ON SCHEMA routable IS 'model_routable: the guard against unroutable (runtime, model) pairs, and the registry behind it';
