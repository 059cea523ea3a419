-- Drops whatever guards a table by itself, and tells how much that was.
CREATE FUNCTION routable.drop_guard(target regclass) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation text;
    part record;
    dropped integer := 0;
BEGIN
    SELECT format('%I.%I', nspname, relname) INTO STRICT relation
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE pg_class.oid = target;
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
    'drops the triggers that call routable.guard() and the constraint of a guard from a table; tells how many';

CREATE FUNCTION routable.detach(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to detach the guard from must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM routable.check_not_inherited(target);
    IF routable.drop_guard(target) = 0 THEN
        RAISE NOTICE 'relation "%" has no guard to detach', (SELECT relname FROM pg_class WHERE oid = target);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass) IS
    'takes the guard off a table: drops every trigger on it that calls routable.guard(), and the constraint of a guard';
