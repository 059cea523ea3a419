-- The schema that all objects are in, and what has to be known before the first of them is made.

DO $$
DECLARE
    place pg_catalog.name;
    owner pg_catalog.oid;
    foreign_object pg_catalog.text;
    foreign_owner pg_catalog.name;
BEGIN
    IF pg_catalog.current_setting('server_encoding') OPERATOR(pg_catalog.<>) 'UTF8' THEN
        RAISE EXCEPTION 'the SQL edition of model_routable needs a database in UTF8'
            USING ERRCODE = 'feature_not_supported',
                DETAIL = pg_catalog.format('This database is in %s.', pg_catalog.current_setting('server_encoding'));
    END IF;
    -- As CREATE EXTENSION chooses, for the function that is called without a schema. It is created when the path is another.
    SELECT schema INTO place FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS path (schema, position)
        WHERE schema OPERATOR(pg_catalog.<>) ALL ('{routable,pgtle,information_schema}'::pg_catalog.name[])
            AND NOT pg_catalog.starts_with(schema::pg_catalog.text, 'pg_') AND pg_catalog.has_schema_privilege(schema, 'CREATE')
        ORDER BY position LIMIT 1;
    PERFORM pg_catalog.set_config('routable.schema', coalesce(place, ''), true);
    SELECT nspowner INTO owner FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'routable';
    IF NOT FOUND THEN
        CREATE SCHEMA routable;
    ELSE
        -- The owner of the schema or of an object could replace what is put there, and a trigger of theirs would run as this role.
        SELECT object, pg_catalog.pg_get_userbyid(objects.owner) INTO foreign_object, foreign_owner FROM (
            SELECT 'schema "routable"', owner
            UNION ALL SELECT 'function ' OPERATOR(pg_catalog.||) oid::pg_catalog.regprocedure::pg_catalog.text, proowner FROM pg_catalog.pg_proc
                WHERE pronamespace OPERATOR(pg_catalog.=) 'routable'::pg_catalog.regnamespace
                    OR proname OPERATOR(pg_catalog.=) 'model_routable' AND pronamespace OPERATOR(pg_catalog.=) pg_catalog.to_regnamespace(place::pg_catalog.text)
                        AND proargtypes::pg_catalog.text OPERATOR(pg_catalog.=) '25 25'
            UNION ALL SELECT 'relation ' OPERATOR(pg_catalog.||) oid::pg_catalog.regclass::pg_catalog.text, relowner FROM pg_catalog.pg_class
                WHERE relnamespace OPERATOR(pg_catalog.=) 'routable'::pg_catalog.regnamespace AND relkind OPERATOR(pg_catalog.<>) 'i'
        ) AS objects (object, owner)
        WHERE pg_catalog.pg_get_userbyid(objects.owner) OPERATOR(pg_catalog.<>) current_user LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION '% belongs to role "%"', foreign_object, foreign_owner
                USING ERRCODE = 'insufficient_privilege',
                    HINT = 'Run the script as the role that owns the schema "routable" and all that is in it: SET ROLE ...;';
        END IF;
    END IF;
END
$$;
SET LOCAL search_path = pg_catalog, pg_temp;
-- Functions are created before what they call.
SET LOCAL check_function_bodies = off;

GRANT USAGE ON SCHEMA routable TO PUBLIC;
COMMENT ON SCHEMA routable IS 'model_routable: the guard against unroutable (runtime, model) pairs, and the registry behind it';
