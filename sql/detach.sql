-- Drops whatever guards a table by itself, and tells how much that was.
CREATE FUNCTION routable.drop_guard(target regclass) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    part name;
    dropped integer := 0;
BEGIN
    FOR part IN SELECT name FROM routable.guard_triggers(target) WHERE NOT cloned LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', part, routable.qualified_name(target));
        dropped := dropped + 1;
    END LOOP;
    FOR part IN SELECT name FROM routable.constraint_guards(target) WHERE NOT inherited LOOP
        PERFORM routable.drop_constraint(target, part);
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
    PERFORM routable.check_exists(target);
    PERFORM routable.lock_definition(target);
    PERFORM routable.check_not_inherited(target);
    PERFORM routable.check_not_in_use(target);
    IF routable.drop_guard(target) = 0 THEN
        RAISE NOTICE 'relation "%" has no guard to detach', (SELECT relname FROM pg_class WHERE oid = target);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass) IS
    'takes the guard off a table: drops every trigger on it that calls routable.guard(), and the constraint of a guard';
