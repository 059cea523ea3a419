-- What the functions in SQL ask of the session, as far as SQL can tell.

-- What a trigger does within a statement that writes to the table. SQL cannot tell more: a function that such a statement calls looks
-- like one that is called after it.
CREATE FUNCTION routable.is_in_use(target regclass) RETURNS boolean
    LANGUAGE sql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT pg_trigger_depth() > 0 AND EXISTS (SELECT FROM pg_locks
        WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relation = target AND mode = 'RowExclusiveLock'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
$$;
COMMENT ON FUNCTION routable.is_in_use(regclass) IS
    'internal: whether a trigger of a statement that may write to the table calls this';

-- PostgreSQL itself refuses to alter a table with rows that wait for a deferred trigger.
CREATE FUNCTION routable.has_pending_events(target regclass) RETURNS boolean
    LANGUAGE sql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT false
$$;
COMMENT ON FUNCTION routable.has_pending_events(regclass) IS
    'internal: false, since PostgreSQL tells by itself whether rows wait for a deferred trigger';

CREATE FUNCTION routable.can_defer() RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT false
$$;
COMMENT ON FUNCTION routable.can_defer() IS
    'internal: whether a deferred guard can tell the row versions that the transaction itself has replaced';

-- Any role could set a parameter of this name, which no library defines.
CREATE FUNCTION routable.enforcement_parameter() RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT NULL::text
$$;
COMMENT ON FUNCTION routable.enforcement_parameter() IS
    'internal: the parameter by which a superuser can have guards warn; NULL if there is none';
