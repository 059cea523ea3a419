-- The triggers and constraints that the guards of a table consist of. It can have several guards, one for each pair of columns.

CREATE FUNCTION routable.parts_of_guards(
    target regclass, runtime_column name, model_column name, OUT triggers name[], OUT constraints name[]
) RETURNS record
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT t.name FROM routable.guard_triggers(target) t WHERE NOT t.cloned
            AND (parts_of_guards.runtime_column IS NULL OR t.runtime_column = parts_of_guards.runtime_column)
            AND (parts_of_guards.model_column IS NULL OR t.model_column = parts_of_guards.model_column)),
        ARRAY(SELECT c.name FROM routable.constraint_guards(target) c WHERE NOT c.inherited
            AND (parts_of_guards.runtime_column IS NULL OR c.runtime_column = parts_of_guards.runtime_column)
            AND (parts_of_guards.model_column IS NULL OR c.model_column = parts_of_guards.model_column))
$$;
COMMENT ON FUNCTION routable.parts_of_guards(regclass, name, name) IS
    'internal: the triggers and constraints of a table that guard these columns; NULL stands for any column';

-- What attach replaces: the guard of the same columns; triggers whose arguments are a fault, which guard nothing; and the guard of a
-- column that is gone, if it is the one that was meant. Other guards of gone columns stay: every write is an error until each of
-- them is attached again, and not one guard fewer.
CREATE FUNCTION routable.parts_to_replace(
    target regclass, runtime_column name, model_column name, OUT triggers name[], OUT constraints name[]
) RETURNS record
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH guard_trigger AS MATERIALIZED (
        SELECT t.*, routable.column_number(target, t.model_column) IS NULL AS has_lost_model,
            routable.column_number(target, t.runtime_column) IS NULL AS has_lost_runtime,
            routable.columns_of_condition(t.condition) = ARRAY[routable.column_number(target, parts_to_replace.runtime_column),
                routable.column_number(target, parts_to_replace.model_column)] AS reads_these
        FROM routable.guard_triggers(target) t
    ), guard AS (
        SELECT t.runtime_column, t.model_column,
            t.runtime_column IS NULL
            OR t.runtime_column = parts_to_replace.runtime_column AND t.model_column = parts_to_replace.model_column
            -- The column was renamed, and the condition followed it; or it was dropped, and the condition with it.
            OR bool_or(has_lost_model OR has_lost_runtime) AND (t.model_column = parts_to_replace.model_column
                OR bool_or(reads_these) OR bool_and(has_lost_model AND t.condition IS NULL)) AS is_replaced
        FROM guard_trigger t GROUP BY 1, 2
    )
    SELECT ARRAY(SELECT t.name FROM guard_trigger t JOIN guard
                ON (guard.runtime_column, guard.model_column) IS NOT DISTINCT FROM (t.runtime_column, t.model_column)
            WHERE guard.is_replaced AND NOT t.cloned),
        ARRAY(SELECT c.name FROM routable.constraint_guards(target) c WHERE NOT c.inherited
            AND routable.attached_to(parts_to_replace.runtime_column, parts_to_replace.model_column)
                IN (c.attached_to, routable.attached_to(c.runtime_column, c.model_column)))
$$;
COMMENT ON FUNCTION routable.parts_to_replace(regclass, name, name) IS
    'internal: the triggers and constraints of a table that routable.attach() replaces by a guard of these columns';

CREATE FUNCTION routable.drop_parts(target regclass, triggers name[], constraints name[]) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    part name;
BEGIN
    FOREACH part IN ARRAY triggers LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', part, routable.qualified_name(target));
    END LOOP;
    FOREACH part IN ARRAY constraints LOOP
        PERFORM routable.drop_constraint(target, part);
    END LOOP;
    RETURN cardinality(triggers) + cardinality(constraints);
END
$$;
COMMENT ON FUNCTION routable.drop_parts(regclass, name[], name[]) IS
    'internal: drops triggers and constraints of guards from a table; tells how many';
