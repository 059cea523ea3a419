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
DO $$
DECLARE
    former name;
BEGIN
    -- From 18 on, those that say NOT NULL have names too.
    FOR former IN SELECT conname FROM pg_constraint WHERE conrelid = 'routable.edition_store'::regclass LOOP
        EXECUTE format('ALTER TABLE routable.edition_store RENAME CONSTRAINT %I TO %I', former, 'former_' || former);
    END LOOP;
END
$$;

