-- What the functions in SQL ask of the session, and of what it is doing.

CREATE FUNCTION routable.hold_releases() RETURNS void
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'hold_releases_wrapper';
COMMENT ON FUNCTION routable.hold_releases() IS
    'internal: has routable.release() wait until the transaction ends, whose guards it could not know';

CREATE FUNCTION routable.is_in_use(target regclass) RETURNS boolean
    LANGUAGE c STRICT
    AS 'MODULE_PATHNAME', 'is_in_use_wrapper';
COMMENT ON FUNCTION routable.is_in_use(regclass) IS
    'internal: whether a statement of this session that has not ended has the table open';

CREATE FUNCTION routable.has_pending_events(target regclass) RETURNS boolean
    LANGUAGE c STRICT
    AS 'MODULE_PATHNAME', 'has_pending_events_wrapper';
COMMENT ON FUNCTION routable.has_pending_events(regclass) IS
    'internal: whether rows that this transaction wrote to the table wait for a deferred trigger';

CREATE FUNCTION routable.can_defer() RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT true
$$;
COMMENT ON FUNCTION routable.can_defer() IS
    'internal: whether a deferred guard can tell the row versions that the transaction itself has replaced';

CREATE FUNCTION routable.enforcement_parameter() RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT 'model_routable.enforcement'
$$;
COMMENT ON FUNCTION routable.enforcement_parameter() IS
    'internal: the parameter by which a superuser can have guards warn; NULL if there is none';
