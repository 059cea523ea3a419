-- Keeps other sessions from changing the table's definition, and releases from being made, until the transaction ends; lets
-- them read and write the table. Without it, a guard could be found in place that another session is about to take off. What may
-- not be locked here is refused with a better message by what comes next; PostgreSQL cannot lock foreign tables.
CREATE FUNCTION routable.lock_definition(target regclass) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE oid = target AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')) THEN
        -- A release that is under way could not know of a guard that is being attached, and would not wait for its writers.
        PERFORM routable.hold_releases();
        EXECUTE format('LOCK TABLE ONLY %s IN SHARE UPDATE EXCLUSIVE MODE', routable.qualified_name(target));
    END IF;
END
$$;
COMMENT ON FUNCTION routable.lock_definition(regclass) IS
    'internal: keeps other sessions from changing the definition of a table until the transaction ends';

-- A statement fires the triggers that its table had at its beginning, unless these are gone by then: a guard that is replaced
-- within it would judge none of the rows that it writes. The same goes for a deferred guard and its transaction.
CREATE FUNCTION routable.check_not_in_use(target regclass) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    used regclass;
BEGIN
    SELECT relation INTO used FROM (SELECT target UNION ALL SELECT routable.descendants(target)) AS every (relation)
        WHERE routable.is_in_use(relation) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'relation "%" is being used by a statement of this session', (SELECT relname FROM pg_class WHERE oid = used)
            USING ERRCODE = 'object_in_use', HINT = 'Attach or detach the guard in a statement of its own.';
    END IF;
    SELECT tgrelid INTO used FROM pg_trigger
        WHERE tgrelid IN (SELECT target UNION ALL SELECT routable.descendants(target))
            AND tgfoid = 'routable.guard()'::regprocedure AND tgdeferrable AND routable.has_pending_events(tgrelid) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the guard of relation "%" has rows of this transaction to judge', (SELECT relname FROM pg_class WHERE oid = used)
            USING ERRCODE = 'object_in_use', HINT = 'To have them judged now: SET CONSTRAINTS ALL IMMEDIATE;';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.check_not_in_use(regclass) IS
    'internal: raises an error if a statement of this session is using the table, or one below it, or has rows for its guard to judge';
