-- Keeps other sessions from changing the table's definition until the transaction ends, and lets them read and write it:
-- without it, a guard could be found in place that another session is about to take off. What may not be locked here is
-- refused with a better message by what comes next; PostgreSQL cannot lock foreign tables.
CREATE FUNCTION routable.lock_definition(target regclass) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE oid = target AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')) THEN
        EXECUTE format('LOCK TABLE ONLY %s IN SHARE UPDATE EXCLUSIVE MODE', routable.qualified_name(target));
    END IF;
END
$$;
COMMENT ON FUNCTION routable.lock_definition(regclass) IS
    'internal: keeps other sessions from changing the definition of a table until the transaction ends';
