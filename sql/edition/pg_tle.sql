-- What the edition has more as an extension of pg_tle. A dump contains CREATE EXTENSION, which puts no registry in force, and the
-- rows of the store.
SELECT pg_catalog.pg_extension_config_dump('routable.release_store', '');

CREATE FUNCTION routable.restore_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    last record;
BEGIN
    SELECT * INTO last FROM routable.release_store ORDER BY number DESC LIMIT 1;
    IF last.number > coalesce((routable.catalogue() #>> '{release,number}')::integer, 0) THEN
        PERFORM routable.use_registry(convert_from(last.image, 'UTF8')::jsonb, jsonb_build_object(
            'number', last.number, 'released_at', last.released_at, 'released_by', last.released_by, 'note', last.note));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION routable.restore_release() IS 'internal: puts the last release of a restored dump in force';
REVOKE EXECUTE ON FUNCTION routable.restore_release() FROM PUBLIC;

DROP TRIGGER IF EXISTS restore_release ON routable.release_store;
CREATE TRIGGER restore_release AFTER INSERT ON routable.release_store
    FOR EACH STATEMENT EXECUTE FUNCTION routable.restore_release();
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER restore_release;
