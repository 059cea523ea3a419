-- The statement that gives the rows of a pair another value in one of its columns; NULL if there is no such value. Whoever
-- reads it may run it with a search_path of theirs, so operators are named with their schema.
CREATE FUNCTION routable.fix_statement(
    target regclass, runtime_column name, model_column name, runtime text, model text, changed name, value text
) RETURNS text
    -- Restricted and not unsafe, so that audit can read the table with parallel workers.
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('UPDATE %s SET %I = %L WHERE %s;', routable.qualified_name(target), changed, value, string_agg(
        CASE WHEN pair.id IS NULL THEN format('%I IS NULL', attname)
            -- In this form an index on the column serves.
            WHEN atttypid IN ('text'::regtype, 'varchar'::regtype) AND coalesce(collisdeterministic, true) OR is_enum
                THEN format('%I OPERATOR(pg_catalog.=) %L', attname, pair.id)
            -- By bytes, as the guard compares: citext and some collations call different ids equal.
            ELSE format('routable.column_text(%I) COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) %L', attname, pair.id) END, ' AND ' ORDER BY pair.position))
    FROM (VALUES (1, runtime_column, runtime), (2, model_column, model)) AS pair (position, column_name, id)
        JOIN pg_attribute ON attrelid = target AND attname = pair.column_name AND NOT attisdropped
        JOIN LATERAL (SELECT typtype = 'e' FROM pg_type WHERE pg_type.oid = atttypid) AS type (is_enum) ON true
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    HAVING value IS NOT NULL AND routable.takes_value(target, changed, value)
$$;
COMMENT ON FUNCTION routable.fix_statement(regclass, name, name, text, text, name, text) IS
    'internal: the UPDATE that gives the rows of a pair another runtime or model, as text to read and run';

-- Whether an UPDATE can give a column a value, as far as that is told without code of the type's: an enum needs the label, and a
-- generated column takes none.
CREATE FUNCTION routable.takes_value(target regclass, column_name name, value text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE base (type, is_domain, under) AS (
        SELECT pg_type.oid, typtype = 'd', typbasetype FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
            WHERE attrelid = target AND attname = column_name AND NOT attisdropped
        UNION ALL
        SELECT pg_type.oid, typtype = 'd', typbasetype FROM base JOIN pg_type ON pg_type.oid = under WHERE is_domain
    )
    SELECT NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = column_name AND attgenerated <> '')
        AND (NOT EXISTS (SELECT FROM pg_type WHERE oid = type AND typtype = 'e')
            OR EXISTS (SELECT FROM pg_enum WHERE enumtypid = type AND enumlabel = value))
    FROM base WHERE NOT is_domain
$$;
COMMENT ON FUNCTION routable.takes_value(regclass, name, text) IS 'internal: whether an UPDATE can give a column a value';

-- The guards of a table on these columns, NULL being any; if it has none, the columns as a guard would have them.
CREATE FUNCTION routable.guards_to_audit(
    target regclass, wanted_runtime name, wanted_model name, OUT runtime_column name, OUT model_column name, OUT constraint_name name,
    OUT denies_unknown_runtimes boolean, OUT is_lost boolean
) RETURNS SETOF record
    LANGUAGE sql STABLE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH guard AS (
        SELECT g.runtime_column::name, g.model_column::name, min(g.constraint_name)::name AS constraint_name, bool_or(g.unknown_runtime = 'deny') AS denies,
            routable.lacks_a_column(target, g.runtime_column, g.model_column) AS is_lost
        FROM routable.inspect_guards(target) AS g
        WHERE g.runtime_column = coalesce(wanted_runtime, g.runtime_column) AND g.model_column = coalesce(wanted_model, g.model_column)
        GROUP BY g.runtime_column, g.model_column
    )
    SELECT * FROM guard
    UNION ALL
    SELECT coalesce(wanted_runtime, 'runtime'), coalesce(wanted_model, 'model'), NULL::name, false, false
        WHERE NOT EXISTS (SELECT FROM guard)
    ORDER BY 5, 1, 2
$$;
COMMENT ON FUNCTION routable.guards_to_audit(regclass, name, name) IS
    'internal: the pairs of columns that routable.audit() reads, by the guards of a table';

CREATE FUNCTION routable.audit(
    target regclass DEFAULT coalesce(to_regclass('workspaces'), routable.no_workspaces()),
    runtime_column name DEFAULT NULL,
    model_column name DEFAULT NULL,
    retiring_by date DEFAULT NULL,
    OUT runtime text,
    OUT model text,
    OUT rows bigint,
    OUT code text,
    OUT reason text,
    OUT suggestion text,
    OUT fix_sql text,
    OUT constraint_name name
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
    -- If row-level security would hide rows from the role, PostgreSQL raises an error instead of counting the rest.
    SET row_security = off
AS $$
DECLARE
    guard record;
    is_read boolean := false;
    -- PostgreSQL has had it since the updates of August 2024.
    restricted CONSTANT text := current_setting('restrict_nonsystem_relation_kind', true);
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to audit must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM routable.check_exists(target);
    FOR guard IN SELECT * FROM routable.guards_to_audit(target, runtime_column, model_column) LOOP
        -- A guard of a column that is gone does not keep the pairs of the others from being read.
        IF guard.is_lost AND is_read THEN
            RAISE WARNING 'the guard "%" of relation "%" is not audited', guard.constraint_name,
                    (SELECT relname FROM pg_class WHERE oid = target)
                USING DETAIL = format('A column of its columns (%s) is gone.',
                    routable.attached_to(guard.runtime_column, guard.model_column));
            CONTINUE;
        END IF;
        is_read := true;
        PERFORM routable.check_auditable(target, guard.runtime_column, guard.model_column);
        IF restricted IS NOT NULL AND EXISTS (SELECT FROM pg_class WHERE oid = target AND relkind <> 'v') THEN
            -- If the name belongs to a view by now, its code would run for whoever audits.
            PERFORM set_config('restrict_nonsystem_relation_kind', 'view', true);
        END IF;
        RETURN QUERY EXECUTE format(
            'SELECT stored.runtime, stored.model, stored.rows, why.code, why.reason, why.suggestion, '
                'routable.fix_statement($1, $2, $3, stored.runtime, stored.model, '
                    'CASE WHEN why.fixes_runtime THEN $2 ELSE $3 END, why.fix), $6 '
            'FROM (SELECT routable.column_text(%1$I) COLLATE "C", routable.column_text(%2$I) COLLATE "C", count(*) '
                'FROM %3$s GROUP BY 1, 2) AS stored (runtime, model, rows), '
                'routable.finding(stored.runtime, stored.model, $4, $5) AS why '
            'ORDER BY stored.rows DESC, 1, 2',
            guard.runtime_column, guard.model_column, routable.qualified_name(target))
            USING target, guard.runtime_column, guard.model_column, guard.denies_unknown_runtimes, retiring_by, guard.constraint_name;
        IF restricted IS NOT NULL THEN
            PERFORM set_config('restrict_nonsystem_relation_kind', restricted, true);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.audit(regclass, name, name, date) IS
    'the stored pairs that the guard would refuse, near misses, ids with white space around them, and what retires by a day, with counts and a remedy';

-- A superuser who audits somebody's table must not run what its owner wrote: a view's query, or a cast to text.
CREATE FUNCTION routable.check_auditable(target regclass, runtime_column name, model_column name) RETURNS void
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation pg_class;
    attribute record;
BEGIN
    SELECT * INTO STRICT relation FROM pg_class WHERE oid = target;
    IF relation.relkind = 'v' AND pg_get_userbyid(relation.relowner) <> current_user THEN
        RAISE EXCEPTION 'view "%" is not yours', relation.relname
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'What its owner wrote would run with your privileges.',
                HINT = 'Audit the table in which the rows are stored, or a view of your own.';
    ELSIF relation.relkind NOT IN ('r', 'p', 'f', 'm', 'v') THEN
        RAISE EXCEPTION 'relation "%" is not a table', relation.relname
            USING ERRCODE = 'wrong_object_type', HINT = 'Audit the table in which the rows are stored.';
    END IF;
    FOR attribute IN SELECT given, a.atttypid FROM unnest(ARRAY[runtime_column, model_column]) AS given
            LEFT JOIN pg_attribute a ON attrelid = target AND attname = given AND attnum > 0 AND NOT attisdropped LOOP
        IF attribute.atttypid IS NULL THEN
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', attribute.given, relation.relname
                USING ERRCODE = 'undefined_column',
                    HINT = 'Name the columns: SELECT * FROM routable.audit(table, runtime_column => ..., model_column => ...).';
        ELSIF NOT routable.can_read(attribute.atttypid) THEN
            RAISE EXCEPTION 'column "%" of relation "%" has type %, which the guard cannot read',
                    attribute.given, relation.relname, format_type(attribute.atttypid, NULL)
                USING ERRCODE = 'datatype_mismatch',
                    DETAIL = 'The guard reads text, varchar, char(n), citext, name, enums without a cast to text, and domains over these.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.check_auditable(regclass, name, name) IS
    'internal: raises an error if routable.audit() cannot read the columns of the table by itself';
