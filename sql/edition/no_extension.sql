-- The script of an extension replaces the objects of an extension, and nothing else does.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'model_routable') THEN
        RAISE EXCEPTION 'model_routable is installed as an extension in this database'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'To release a registry: SELECT routable.release(...). If it is an extension of pg_tle, run the script '
                    'that model-routable sql --pg-tle prints.';
    END IF;
END
$$;
