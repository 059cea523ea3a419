-- The statement that gives the rows of a pair another value in one of its columns; NULL where there is no such value.
CREATE FUNCTION routable.fix_statement(
    target regclass, runtime_column name, model_column name, runtime text, model text, changed name, value text
) RETURNS text
    -- Restricted and not unsafe, so that audit can read the table with parallel workers.
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('UPDATE %s SET %I = %L WHERE %s;', routable.qualified_name(target), changed, value, string_agg(
        CASE WHEN pair.id IS NULL THEN format('%I IS NULL', attname)
            WHEN atttypid IN ('text'::regtype, 'varchar'::regtype) AND coalesce(collisdeterministic, true)
                THEN format('%I = %L', attname, pair.id)
            -- By bytes, as the guard compares: citext and some collations call different ids equal.
            ELSE format('%I::text COLLATE "C" = %L', attname, pair.id) END, ' AND ' ORDER BY pair.position))
    FROM (VALUES (1, runtime_column, runtime), (2, model_column, model)) AS pair (position, column_name, id)
        JOIN pg_attribute ON attrelid = target AND attname = pair.column_name AND NOT attisdropped
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    HAVING value IS NOT NULL
$$;
COMMENT ON FUNCTION routable.fix_statement(regclass, name, name, text, text, name, text) IS
    'internal: the UPDATE that gives the rows of a pair another runtime or model, as text to read and run';

CREATE FUNCTION routable.audit(
    target regclass DEFAULT coalesce(to_regclass('workspaces'), routable.no_workspaces()),
    runtime_column name DEFAULT NULL,
    model_column name DEFAULT NULL,
    OUT runtime text,
    OUT model text,
    OUT rows bigint,
    OUT code text,
    OUT reason text,
    OUT suggestion text,
    OUT fix_sql text
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
    -- Where row-level security would hide rows from the role, PostgreSQL raises an error instead of counting the rest.
    SET row_security = off
AS $$
DECLARE
    guard record;
    runtime_name name;
    model_name name;
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to audit must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT * INTO guard FROM routable.inspect_guard(target);
    runtime_name := coalesce(runtime_column, guard.runtime_column, 'runtime');
    model_name := coalesce(model_column, guard.model_column, 'model');
    -- Runtimes that nearly are a registered one pass the guard as unknown, so they are told of as well; but another
    -- runtime is no remedy where it does not route the model either.
    RETURN QUERY EXECUTE format(
        'SELECT stored.runtime, stored.model, stored.rows, '
            'CASE WHEN why.code = ''UNKNOWN_RUNTIME'' AND $4 THEN ''RUNTIME_UNSUPPORTED'' ELSE why.code END, '
            'why.reason, why.suggestions[1], '
            'routable.fix_statement($1, $2, $3, stored.runtime, stored.model, '
                'CASE why.code WHEN ''UNKNOWN_RUNTIME'' THEN $2 ELSE $3 END, '
                'CASE WHEN why.code <> ''UNKNOWN_RUNTIME'' OR @extschema@.model_routable(why.suggestions[1], stored.model) '
                    'THEN why.suggestions[1] END) '
        'FROM (SELECT %1$I::text COLLATE "C", %2$I::text COLLATE "C", count(*) FROM %3$s GROUP BY 1, 2) '
            'AS stored (runtime, model, rows), '
            'routable.explain(stored.runtime, stored.model) AS why '
        'WHERE NOT why.routable OR why.code = ''UNKNOWN_RUNTIME'' AND ($4 OR why.suggestions IS NOT NULL) '
        'ORDER BY stored.rows DESC, 1, 2',
        runtime_name, model_name, routable.qualified_name(target))
        USING target, runtime_name, model_name, coalesce(guard.unknown_runtime = 'deny', false);
END
$$;
COMMENT ON FUNCTION routable.audit(regclass, name, name) IS
    'the stored pairs that the guard would refuse, and runtimes that nearly are a registered one, with counts and a remedy';
