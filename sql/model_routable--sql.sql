\echo Use "CREATE EXTENSION model_routable VERSION 'sql'" to load this file. \quit

-- Takes the objects of the SQL edition into the extension, as they are. ALTER EXTENSION model_routable UPDATE then replaces them by the
-- library's, in place: triggers and constraints depend on them.
SET LOCAL search_path = pg_catalog, pg_temp;

DO $$
DECLARE
    member record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure('routable.put_in_force(text,jsonb,text,boolean)')) THEN
        RAISE EXCEPTION 'this database does not have the SQL edition of model_routable'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'To install the extension: CREATE EXTENSION model_routable;';
    ELSIF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'routable'::regnamespace AND relkind NOT IN ('r', 'v', 'i', 't')
            OR relnamespace = 'routable'::regnamespace AND relkind = 'r' AND relname <> 'release_store'
            OR relnamespace = 'routable'::regnamespace AND relkind = 'v'
                AND relname NOT IN ('runtimes', 'providers', 'models', 'registry', 'guards', 'releases'))
        OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'routable'::regnamespace AND prokind <> 'f') THEN
        RAISE EXCEPTION 'schema "routable" has objects that are not the edition''s'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Drop them, or move them to another schema.';
    END IF;
    FOR member IN
        SELECT 'SCHEMA' AS kind, 'routable' AS name
        UNION ALL
        SELECT CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, format('routable.%I', relname)
            FROM pg_class WHERE relnamespace = 'routable'::regnamespace AND relkind IN ('r', 'v')
        UNION ALL
        SELECT 'FUNCTION', format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(pg_proc.oid))
            FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
            WHERE nspname = 'routable' OR pg_proc.oid = to_regprocedure('@extschema@.model_routable(text,text)')
    LOOP
        -- Its former owner could change it, and have the extension's owner run what it is then.
        EXECUTE format('ALTER %s %s OWNER TO CURRENT_USER', member.kind, member.name);
        EXECUTE format('ALTER EXTENSION model_routable ADD %s %s', member.kind, member.name);
    END LOOP;
END
$$;
