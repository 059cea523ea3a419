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

-- Drops whatever guards a table by itself, and tells how much that was.
CREATE FUNCTION routable.drop_guard(target regclass) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
    part record;
    dropped integer := 0;
BEGIN
    FOR part IN
        SELECT format('DROP TRIGGER %I ON %s', tgname, relation) AS statement FROM pg_trigger
            WHERE tgrelid = target AND tgfoid = 'routable.guard()'::regprocedure AND tgparentid = 0
        UNION ALL
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', relation, name) FROM routable.guard_constraints(target)
            WHERE NOT inherited
    LOOP
        EXECUTE part.statement;
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
COMMENT ON FUNCTION routable.drop_guard(regclass) IS
    'internal: drops the triggers that call routable.guard() and the constraint of a guard from a table; tells how many';

CREATE FUNCTION routable.detach(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to detach the guard from must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM routable.lock_definition(target);
    PERFORM routable.check_not_inherited(target);
    IF routable.drop_guard(target) = 0 THEN
        RAISE NOTICE 'relation "%" has no guard to detach', (SELECT relname FROM pg_class WHERE oid = target);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass) IS
    'takes the guard off a table: drops every trigger on it that calls routable.guard(), and the constraint of a guard';
