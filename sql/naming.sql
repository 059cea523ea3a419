-- Names and places of tables, as messages and statements give them.

-- Called if no table was named, and the caller's search_path has no table "workspaces".
CREATE FUNCTION routable.no_workspaces() RETURNS regclass
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'relation "workspaces" does not exist'
        USING ERRCODE = 'undefined_table', HINT = 'Give the name of the table as the first argument.';
END
$$;
COMMENT ON FUNCTION routable.no_workspaces() IS 'internal: raises an error if no table was named and there is no table workspaces';

-- The constraint name that the errors of a guard report. It fits into an identifier, and no other constraint of the table has
-- it: <table>_model_routable for the first guard of a table, and <table>_<model column>_model_routable for others.
CREATE FUNCTION routable.choose_constraint_name(target regclass, model_column name) RETURNS name
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    longest CONSTANT integer := current_setting('max_identifier_length')::integer;
    suffixes CONSTANT text[] := ARRAY['_model_routable', format('_%s_model_routable', routable.cut(model_column, 33))];
    suffix text := suffixes[1];
    stem text;
BEGIN
    FOR attempt IN 1 .. 1000 LOOP
        stem := routable.cut((SELECT relname FROM pg_class WHERE oid = target), longest - octet_length(suffix));
        EXIT WHEN NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = target AND conname = stem || suffix)
            AND NOT EXISTS (SELECT FROM routable.guard_triggers(target) t WHERE t.constraint_name = stem || suffix);
        suffix := suffixes[2] || CASE WHEN attempt > 1 THEN (attempt - 1)::text ELSE '' END;
    END LOOP;
    RETURN stem || suffix;
END
$$;
COMMENT ON FUNCTION routable.choose_constraint_name(regclass, name) IS
    'internal: the constraint name under which a guard of the table reports its refusals';

CREATE FUNCTION routable.cut(name text, bytes integer) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    WHILE octet_length(name) > bytes LOOP
        name := left(name, -1);
    END LOOP;
    RETURN name;
END
$$;
COMMENT ON FUNCTION routable.cut(text, integer) IS 'internal: the beginning of a name that takes at most so many bytes';

-- The table's name with its schema, as PostgreSQL shows it in definitions. From version 15 on, it shows the temporary schema
-- of this session as pg_temp.
CREATE FUNCTION routable.qualified_name(target regclass) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%I.%I', CASE WHEN relnamespace = pg_my_temp_schema()
                AND current_setting('server_version_num')::integer >= 150000 THEN 'pg_temp' ELSE nspname END, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE pg_class.oid = target
$$;
COMMENT ON FUNCTION routable.qualified_name(regclass) IS 'internal: the name of a table with its schema, as PostgreSQL shows it';

-- The tables below a table, as partitions or children, at any depth.
CREATE FUNCTION routable.descendants(target regclass) RETURNS SETOF regclass
    LANGUAGE sql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE below (relation) AS (
        SELECT inhrelid FROM pg_inherits WHERE inhparent = target
        UNION
        SELECT inhrelid FROM pg_inherits JOIN below ON inhparent = relation
    )
    SELECT relation::regclass FROM below
$$;
COMMENT ON FUNCTION routable.descendants(regclass) IS 'internal: the partitions and child tables of a table, at any depth';

-- The first foreign table among a table and the tables below it. PostgreSQL has no constraint triggers on foreign tables, and
-- does not enforce their CHECKs.
CREATE FUNCTION routable.foreign_table(target regclass) RETURNS name
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT min(relname) FROM pg_class
    WHERE relkind = 'f' AND oid IN (SELECT target UNION ALL SELECT routable.descendants(target))
$$;
COMMENT ON FUNCTION routable.foreign_table(regclass) IS 'internal: the name of a foreign table among a table and those below it';

-- The number of a column. NULL if no column has this name.
CREATE FUNCTION routable.column_number(target regclass, name text) RETURNS smallint
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT attnum FROM pg_attribute WHERE attrelid = target AND attname = name AND attnum > 0 AND NOT attisdropped
$$;
COMMENT ON FUNCTION routable.column_number(regclass, text) IS 'internal: the number of a column of a table, by its name';

-- A trigger with wrong arguments has NULL in place of a column. Then the guard lacks one.
CREATE FUNCTION routable.lacks_a_column(target regclass, runtime_column text, model_column text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT routable.column_number(target, runtime_column) IS NULL OR routable.column_number(target, model_column) IS NULL
$$;
COMMENT ON FUNCTION routable.lacks_a_column(regclass, text, text) IS 'internal: whether a column that a guard names is gone';

-- The OID of a dropped table can still be in an argument, or in another session's snapshot.
CREATE FUNCTION routable.check_exists(target regclass) RETURNS void
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = target) THEN
        RAISE EXCEPTION 'relation with OID % does not exist', target::oid USING ERRCODE = 'undefined_table';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.check_exists(regclass) IS 'internal: raises an error if there is no such table';
