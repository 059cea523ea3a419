-- Names and places of tables, as messages and statements give them.

-- Called where the default table of attach and audit, which the caller's search_path decides, is not there.
CREATE FUNCTION routable.no_workspaces() RETURNS regclass
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'relation "workspaces" does not exist'
        USING ERRCODE = 'undefined_table', HINT = 'Give the name of the table as the first argument.';
END
$$;
COMMENT ON FUNCTION routable.no_workspaces() IS 'internal: raises an error where no table was named and none is called workspaces';

-- The name that PostgreSQL would choose for a constraint of the table: cut to an identifier, and not taken.
CREATE FUNCTION routable.choose_constraint_name(target regclass) RETURNS name
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    longest CONSTANT integer := current_setting('max_identifier_length')::integer;
    suffix text := '_model_routable';
    stem text;
BEGIN
    FOR attempt IN 1 .. 1000 LOOP
        stem := (SELECT relname FROM pg_class WHERE oid = target);
        WHILE octet_length(stem) + octet_length(suffix) > longest LOOP
            stem := left(stem, -1);
        END LOOP;
        EXIT WHEN NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = target AND conname = stem || suffix);
        suffix := '_model_routable' || attempt;
    END LOOP;
    RETURN stem || suffix;
END
$$;
COMMENT ON FUNCTION routable.choose_constraint_name(regclass) IS
    'internal: the constraint name under which a guard of the table reports its refusals';

-- The table's name with its schema, as PostgreSQL shows it in a definition: from version 15 on, this session's temporary
-- schema goes by its alias.
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

-- The number of a column; NULL if there is none of that name.
CREATE FUNCTION routable.column_number(target regclass, name text) RETURNS smallint
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT attnum FROM pg_attribute WHERE attrelid = target AND attname = name AND attnum > 0 AND NOT attisdropped
$$;
COMMENT ON FUNCTION routable.column_number(regclass, text) IS 'internal: the number of a column of a table, by its name';

-- A table that was dropped has an OID for a while, as an argument or in another session's snapshot.
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
