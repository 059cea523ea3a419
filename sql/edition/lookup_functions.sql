-- The lookup, by what makes it the same function as the one in schema routable: its text, its language and its owner.
CREATE FUNCTION routable.lookup_functions() RETURNS SETOF regprocedure
    LANGUAGE sql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT same.oid::regprocedure
    FROM pg_proc AS own JOIN pg_proc AS same ON (same.proname, same.proargtypes, same.prosrc, same.prolang, same.proowner)
        = (own.proname, own.proargtypes, own.prosrc, own.prolang, own.proowner)
    WHERE own.oid = 'routable.model_routable(text,text)'::regprocedure
        AND same.prorettype = 'boolean'::regtype AND same.proconfig IS NULL AND NOT same.prosecdef AND NOT same.proisstrict
    ORDER BY same.pronamespace = own.pronamespace, same.oid
$$;
COMMENT ON FUNCTION routable.lookup_functions() IS 'internal: the functions that are the lookup, by their text and owner';
