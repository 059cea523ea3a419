-- The registry in force, as functions and not as tables: what a function says is read by the newest snapshot of the catalogs, so
-- that every transaction judges by what is in force now; a caller needs no privilege on a table; and each is one literal, which the
-- plan of a calling expression contains. A release replaces them (routable.use_registry). Before the first one, a lookup is an error.
CREATE FUNCTION routable.no_registry() RETURNS jsonb
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'no registry is in force in this database'
        USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Run the script that this prints: model-routable sql --registry-only FILE';
END
$$;
COMMENT ON FUNCTION routable.no_registry() IS 'internal: raises the error of a lookup before the first release';

DO $$
DECLARE
    held record;
BEGIN
    FOR held IN SELECT * FROM (VALUES
        ('offered', 'what each offered id of each runtime is listed as, by runtime, U+001F and id'),
        ('withdrawn', 'the same of withdrawn ids'),
        ('patterns', 'the regular expressions by which each runtime of the registry takes other ids'),
        ('externals', 'the runtimes whose models the registry does not judge'),
        ('near_keys', 'the keys by which near misses are told: of runtimes behind U+0001, of ids behind runtime and U+001F'),
        ('catalogue', 'the registry without its ids, and the release that it came with'),
        ('document', 'the registry as it was compiled')
    ) AS functions (name, holds) LOOP
        IF pg_catalog.to_regprocedure(pg_catalog.format('routable.%I()', held.name)) IS NULL THEN
            EXECUTE pg_catalog.format('CREATE FUNCTION routable.%I() RETURNS pg_catalog.jsonb LANGUAGE sql STABLE PARALLEL SAFE '
                'AS %L', held.name, CASE WHEN held.name OPERATOR(pg_catalog.=) ANY ('{catalogue,document}')
                    THEN 'SELECT ''{}''::pg_catalog.jsonb' ELSE 'SELECT routable.no_registry()' END);
        END IF;
        EXECUTE pg_catalog.format('COMMENT ON FUNCTION routable.%I() IS %L', held.name, 'internal: ' || held.holds);
    END LOOP;
END
$$;
