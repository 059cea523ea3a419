CREATE FUNCTION routable.detach(target regclass, runtime_column name DEFAULT NULL, model_column name DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    dropped integer;
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to detach the guard from must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM routable.check_exists(target);
    PERFORM routable.lock_definition(target);
    PERFORM routable.check_not_inherited(target, runtime_column, model_column);
    PERFORM routable.check_not_in_use(target);
    SELECT routable.drop_parts(target, triggers, constraints) INTO dropped
        FROM routable.parts_of_guards(target, runtime_column, model_column);
    IF dropped = 0 THEN
        RAISE NOTICE 'relation "%" has no guard% to detach', (SELECT relname FROM pg_class WHERE oid = target),
            (SELECT coalesce(' of column ' || string_agg(format('"%s"', given), ' and '), '') FROM unnest(ARRAY[runtime_column, model_column]) AS given
                WHERE given IS NOT NULL);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass, name, name) IS
    'takes the guard of these columns off a table, or all its guards: drops the triggers that call routable.guard(), and the constraint of a guard';
