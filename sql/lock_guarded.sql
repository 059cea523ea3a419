-- In the order of their OIDs, so that two releases do not wait for each other. Temporary tables are of one session, and nobody else
-- reads them.
CREATE FUNCTION routable.lock_guarded() RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    locked regclass[] := '{}';
    guarded regclass;
    name text;
    found boolean := true;
BEGIN
    -- While the locks are waited for, partitions can be attached.
    WHILE found LOOP
        found := false;
        FOR guarded IN
            SELECT DISTINCT member.oid::regclass
            FROM routable.guarded_tables() AS root
                CROSS JOIN LATERAL (
                    SELECT root::oid AS oid UNION SELECT child::oid FROM routable.descendants(root) AS child
                ) AS member
                JOIN pg_class ON pg_class.oid = member.oid AND pg_class.relkind IN ('r', 'p') AND pg_class.relpersistence <> 't'
            WHERE member.oid <> ALL (locked::oid[])
            ORDER BY 1
        LOOP
            name := routable.qualified_name(guarded);
            BEGIN
                IF name IS NOT NULL THEN
                    EXECUTE format('LOCK TABLE ONLY %s IN SHARE ROW EXCLUSIVE MODE', name);
                END IF;
            EXCEPTION WHEN undefined_table OR invalid_schema_name THEN
                NULL;
            END;
            -- One that got another name meanwhile was not locked, but possibly another table of the former name.
            IF name IS NOT DISTINCT FROM routable.qualified_name(guarded) THEN
                locked := locked || guarded;
            END IF;
            found := true;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.lock_guarded() IS 'internal: waits for the writers of every guarded table, and keeps others off';
