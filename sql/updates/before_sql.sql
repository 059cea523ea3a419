-- The functions of the edition go, and come back as the extension's; those on which triggers, constraints or views depend stay to be
-- replaced.
DO $$
DECLARE
    former regprocedure;
BEGIN
    FOR former IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'routable'::regnamespace LOOP
        BEGIN
            EXECUTE format('DROP FUNCTION %s', former);
        EXCEPTION WHEN dependent_objects_still_exist THEN
            NULL;
        END;
    END LOOP;
END
$$;
-- The table is made anew, since its former owner could have put triggers on it.
ALTER TABLE routable.release_store RENAME TO edition_store;
ALTER TABLE routable.edition_store RENAME CONSTRAINT release_store_pkey TO edition_store_pkey;
ALTER TABLE routable.edition_store RENAME CONSTRAINT release_store_number_check TO edition_store_number_check;

