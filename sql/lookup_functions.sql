-- The lookup by what the extension owns, wherever its schema was renamed to. First comes the one in the extension's schema.
CREATE FUNCTION routable.lookup_functions() RETURNS SETOF regprocedure
    LANGUAGE sql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT objid::regprocedure FROM pg_depend JOIN pg_extension ON pg_extension.oid = refobjid JOIN pg_proc ON pg_proc.oid = objid
    WHERE refclassid = 'pg_extension'::regclass AND classid = 'pg_proc'::regclass AND deptype = 'e'
        AND extname = 'model_routable' AND proname = 'model_routable' AND proargtypes = '25 25'
    ORDER BY pronamespace = 'routable'::regnamespace
$$;
COMMENT ON FUNCTION routable.lookup_functions() IS 'internal: the functions that are the lookup, by what the extension owns';
