-- The triggers and constraints of a table's guards. A table can have several guards, one for each pair of columns.

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

-- The parts that attach replaces: the guard of the same columns; triggers with wrong arguments, which guard nothing; and the
-- guard of a column that is gone, if it is certain which guard was meant. Other guards of missing columns stay. Every write
-- is an error until each of them is attached again or detached, so no table loses a guard without a message.
CREATE FUNCTION routable.parts_to_replace(
    target regclass, runtime_column name, model_column name, OUT triggers name[], OUT constraints name[]
) RETURNS record
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH guard AS MATERIALIZED (
        SELECT t.runtime_column, t.model_column, array_agg(t.name) FILTER (WHERE NOT t.cloned) AS names,
            t.runtime_column = parts_to_replace.runtime_column AND t.model_column = parts_to_replace.model_column AS is_same,
            routable.lacks_a_column(target, t.runtime_column, t.model_column) AS is_lost,
            -- The column was renamed. The condition follows a renamed column.
            bool_or(routable.columns_of_condition(t.condition)
                = ARRAY[routable.column_number(target, parts_to_replace.runtime_column),
                    routable.column_number(target, parts_to_replace.model_column)]) AS reads_these,
            -- The column was dropped. Its trigger with the last word was dropped too.
            bool_and(t.type & 2 = 2) AS has_no_last_word
        FROM routable.guard_triggers(target) t GROUP BY t.runtime_column, t.model_column
    ), replaced AS (
        SELECT names FROM guard
        WHERE runtime_column IS NULL OR is_same OR is_lost AND NOT EXISTS (SELECT FROM guard WHERE is_same)
            AND (reads_these OR has_no_last_word AND (model_column = parts_to_replace.model_column
                OR 1 = (SELECT count(*) FROM guard WHERE is_lost)))
    )
    SELECT ARRAY(SELECT unnest(names) FROM replaced),
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
    'internal: drops triggers and constraints of guards from a table; returns their number';
