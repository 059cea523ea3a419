-- Which values a message may show the role: none where row-level security applies to it; else those of columns that it may read, in
-- the table or in one that this is a partition of. What the statement sets cannot be known here.
CREATE FUNCTION routable.may_show(relation oid, column_name text) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT NOT bool_or(row_security_active(member.relid)) AND bool_or(coalesce(
            has_column_privilege(member.relid, routable.column_number(member.relid, column_name), 'SELECT'), false))
    FROM (SELECT relation::regclass UNION SELECT relid FROM pg_partition_ancestors(relation::regclass) AS above (relid)) AS member (relid)
$$;
COMMENT ON FUNCTION routable.may_show(oid, text) IS 'internal: whether a message may show the role the value of a column';

-- What the writer is told of a row that is not let pass in silence, and what the server's log is told if it is stored.
CREATE FUNCTION routable.violation(
    relation oid,
    runtime_column text,
    model_column text,
    constraint_name text,
    unknown_runtime text,
    runtime text,
    model text,
    OUT schema_name text,
    OUT table_name text,
    OUT refusal text,
    OUT warning text,
    OUT detail text,
    OUT hint text,
    OUT default_model text,
    OUT reset text,
    OUT log text
) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    verdict CONSTANT record := routable.verdict(violation.runtime, violation.model);
    id CONSTANT text := routable.trimmed(violation.model);
    is_unknown CONSTANT boolean := verdict.code = 'UNKNOWN_RUNTIME';
    is_near_miss CONSTANT boolean := verdict.code NOT IN ('MODEL_WITHDRAWN', 'AMBIGUOUS_PROVIDER', 'UNREGISTERED_MODEL_FOR_RUNTIME')
        AND NOT (is_unknown AND unknown_runtime = 'deny');
    code CONSTANT text := CASE WHEN is_near_miss THEN 'NEAR_MISS' WHEN is_unknown THEN 'RUNTIME_UNSUPPORTED' ELSE verdict.code END;
    shows_runtime CONSTANT boolean := routable.may_show(relation, runtime_column);
    shows_model CONSTANT boolean := routable.may_show(relation, model_column);
    shown_runtime CONSTANT text := CASE WHEN shows_runtime AND runtime IS NOT NULL THEN 'runtime ' || routable.quoted(runtime)
        ELSE 'its runtime' END;
    shown_model CONSTANT text := CASE WHEN shows_model AND id IS NOT NULL THEN 'model ' || routable.quoted(id) ELSE 'model' END;
    subject CONSTANT text := format(CASE WHEN is_near_miss AND is_unknown THEN '%2$s is nearly a registered one'
        WHEN is_near_miss THEN '%1$s is nearly one that %2$s lists' ELSE '%1$s is not routable on %2$s' END, shown_model, shown_runtime);
BEGIN
    SELECT nspname, relname INTO schema_name, table_name
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE pg_class.oid = relation;
    refusal := format('%s: new row for relation "%s" violates check constraint "%s"', subject, table_name, constraint_name);
    warning := format('%s: new row for relation "%s" is stored in spite of check constraint "%s"', subject, table_name, constraint_name);
    detail := format('%s: %s', code, routable.reason_of_code(CASE WHEN is_near_miss AND is_unknown THEN 'NEAR_RUNTIME' ELSE code END));
    hint := CASE WHEN shows_runtime AND shows_model
        THEN routable.hint_of(violation.runtime, violation.model, verdict.code, verdict.listings)
        ELSE 'To see why, call routable.explain(runtime, model) with the values of the row.' END;
    default_model := routable.default_model(violation.runtime);
    reset := CASE WHEN shows_runtime THEN format('model of relation "%s" is reset to %s, the default of runtime %s', table_name,
            routable.quoted(default_model), routable.quoted(violation.runtime))
        ELSE format('model of relation "%s" is reset to the default of its new runtime', table_name) END;
    log := format('%s stored in relation "%s.%s" by role "%s": runtime %s, model %s, %s',
        CASE WHEN is_near_miss THEN 'near miss' ELSE 'unroutable pair' END, schema_name, table_name, current_user,
        coalesce(routable.quoted(violation.runtime), 'NULL'), coalesce(routable.quoted(id), 'NULL'), code);
END
$$;
COMMENT ON FUNCTION routable.violation(oid, text, text, text, text, text, text) IS
    'internal: what the writer and the server''s log are told of a row that a guard does not let pass in silence';

-- What was meant, then what the runtime takes and where to list it.
CREATE FUNCTION routable.hint_of(runtime text, model text, code text, listings jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(
        (SELECT format(CASE WHEN code = 'MODEL_WITHDRAWN' AND meant.name = routable.replacement_of(listings)
                THEN 'Its replacement is %s. ' ELSE 'Did you mean %s? ' END, routable.quoted(meant.name))
            FROM routable.suggestions(runtime, model, code, listings) AS meant ORDER BY meant.place LIMIT 1),
        CASE WHEN jsonb_exists(routable.patterns(), runtime) THEN format('Runtime %s. ', routable.takes(runtime))
            -- A literal, if the message can show all of it, in a form that does not depend on the session's settings.
            || CASE WHEN length(runtime) <= 100 AND routable.quoted(unquoted) = format('"%s"', unquoted)
                THEN format('To list them: SELECT * FROM routable.models WHERE runtime = %L;', runtime)
                ELSE 'To list those of every runtime: SELECT * FROM routable.models;' END
        ELSE 'To list the runtimes that are registered: SELECT * FROM routable.runtimes;' END)
    FROM replace(runtime, '"', '') AS unquoted
$$;
COMMENT ON FUNCTION routable.hint_of(text, text, text, jsonb) IS 'internal: the hint of a refusal, for those who may see the pair';
