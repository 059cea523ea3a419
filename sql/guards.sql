-- What guards a table, and what could still let a bad pair in.

CREATE FUNCTION routable.inspect_guard(
    target regclass,
    OUT mechanism text,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT on_insert boolean,
    OUT before_update boolean,
    OUT replicas boolean,
    OUT state text,
    OUT issues text[]
)
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    -- Definitions are compared, and executed, in the form that these settings give them.
    SET standard_conforming_strings = on
    SET quote_all_identifiers = off
AS $$
DECLARE
    guard CONSTANT oid := 'routable.guard()'::regprocedure;
    after_row CONSTANT integer := 1;  -- tgtype: for each row, and none of BEFORE (2) and INSTEAD OF (64)
    last_word pg_trigger;
    enabled "char";
    settings jsonb;
    check_constraint record;
    missing text;
    broken boolean := false;
BEGIN
    issues := '{}';
    SELECT * INTO last_word FROM pg_trigger
        WHERE tgrelid = target AND tgfoid = guard AND tgtype & 67 = after_row AND tgtype & 16 <> 0 ORDER BY tgname LIMIT 1;
    enabled := last_word.tgenabled;
    before_update := EXISTS (SELECT FROM pg_trigger
        WHERE tgrelid = target AND tgfoid = guard AND tgtype & 2 <> 0 AND tgenabled <> 'D');
    SELECT * INTO check_constraint FROM routable.guard_constraints(target) LIMIT 1;

    IF last_word.oid IS NOT NULL OR EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target AND tgfoid = guard) THEN
        mechanism := 'trigger';
        settings := routable.trigger_settings(coalesce(last_word.tgargs,
            (SELECT tgargs FROM pg_trigger WHERE tgrelid = target AND tgfoid = guard LIMIT 1)));
        runtime_column := settings ->> 'runtime';
        model_column := settings ->> 'model';
        constraint_name := settings ->> 'constraint';
        on_mismatch := coalesce(settings ->> 'on_mismatch', 'raise');
        unknown_runtime := coalesce(settings ->> 'unknown_runtime', 'allow');
        replicas := settings ? 'replicas';
        on_insert := coalesce(last_word.tgtype & 4 <> 0, false);
        SELECT string_agg(format('"%s"', named), ' and ') INTO missing FROM unnest(ARRAY[runtime_column, model_column]) AS named
            WHERE NOT EXISTS (SELECT FROM pg_attribute
                WHERE attrelid = target AND attname = named AND attnum > 0 AND NOT attisdropped);
        IF missing IS NOT NULL THEN
            broken := true;
            issues := issues || format('The column %s is not there any more: every write is an error until the guard is attached anew.', missing);
        END IF;
        IF last_word.oid IS NULL THEN
            broken := true;
            issues := issues || 'The trigger AFTER UPDATE, which has the last word, is missing.'::text;
        -- Without a condition it sees more rows than it has to, and passes as many.
        ELSIF missing IS NULL AND (last_word.tgqual IS NOT NULL OR last_word.tgattr <> '') AND NOT EXISTS (
                SELECT FROM routable.trigger_definitions(target, settings, on_insert, false) AS wanted
                -- A trigger that another session replaced meanwhile has no definition any more.
                WHERE wanted = coalesce(pg_get_triggerdef(last_word.oid), wanted)) THEN
            broken := true;
            issues := issues || format('The trigger "%s", which has the last word, is not as routable.attach() creates it.', last_word.tgname);
        END IF;
        IF enabled = 'D' THEN
            issues := issues || format('The trigger "%s", which has the last word, is disabled.', last_word.tgname);
        ELSIF enabled = 'R' THEN
            issues := issues || format('The trigger "%s" fires on replicas only.', last_word.tgname);
        ELSIF replicas AND enabled <> 'A' THEN
            issues := issues || format('The trigger "%s" is no longer ENABLE ALWAYS: rows that replication applies are not judged.', last_word.tgname);
        END IF;
        IF current_setting('session_replication_role') = 'replica' AND enabled = 'O' THEN
            issues := issues || 'session_replication_role is "replica" in this session, in which the guard does not fire.'::text;
            enabled := 'D';
        END IF;
        IF last_word.oid IS NOT NULL AND NOT on_insert THEN
            issues := issues || 'INSERT and COPY are not guarded.'::text;
        END IF;
        IF on_mismatch = 'warn' THEN
            issues := issues || 'The guard is set to warn: it stores what is not routable.'::text;
        END IF;
        issues := issues || routable.enforcement_issues();
    ELSIF check_constraint.name IS NOT NULL THEN
        mechanism := 'check';
        constraint_name := check_constraint.name;
        SELECT a.attname, b.attname INTO runtime_column, model_column
            FROM pg_constraint, unnest(conkey) AS x, unnest(conkey) AS y, pg_attribute a, pg_attribute b
            WHERE conrelid = target AND conname = check_constraint.name
                AND a.attrelid = target AND a.attnum = x AND b.attrelid = target AND b.attnum = y
                AND strpos(check_constraint.definition, routable.lookup_call('@extschema@.model_routable(text, text)',
                    target, '', a.attname, b.attname)) > 0;
        on_mismatch := 'raise';
        unknown_runtime := 'allow';
        on_insert := true;
        before_update := true;
        replicas := true;
        IF check_constraint.definition LIKE '% NOT ENFORCED' THEN
            issues := issues || format('The constraint "%s" is not enforced.', check_constraint.name);
            enabled := 'D';
        ELSIF check_constraint.definition LIKE '% NOT VALID' THEN
            issues := issues || format('The constraint "%s" is not validated: rows from before it were not judged.', check_constraint.name);
        END IF;
        IF EXISTS (SELECT FROM pg_class WHERE oid = target AND relkind = 'f') THEN
            issues := issues || 'PostgreSQL does not enforce a CHECK constraint of a foreign table.'::text;
            enabled := 'D';
        END IF;
    ELSE
        RETURN;
    END IF;
    state := CASE
        WHEN broken THEN 'broken'
        WHEN enabled = 'D' THEN 'disabled'
        WHEN enabled = 'R' THEN 'replicas only'
        WHEN mechanism = 'trigger' AND (on_mismatch = 'warn'
            OR current_setting('model_routable.enforcement', true) = 'warn') THEN 'warning'
        ELSE 'enforcing' END;
END
$$;
COMMENT ON FUNCTION routable.inspect_guard(regclass) IS
    'internal: the guard of one table, partition or child by itself: its settings, its state, and its issues; all NULL without a guard';

-- Where the parameter is set to warn, all triggers in reach of that setting let bad pairs through.
CREATE FUNCTION routable.enforcement_issues() RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(issue), '{}') FROM (
        SELECT 'model_routable.enforcement is "warn" in this session.'
            WHERE current_setting('model_routable.enforcement', true) = 'warn'
        UNION ALL
        SELECT format('model_routable.enforcement is set to "warn" for %s.', concat_ws(' in ',
                CASE WHEN setrole <> 0 THEN format('role "%s"', pg_get_userbyid(setrole)) END,
                CASE WHEN setdatabase <> 0 THEN format('database "%s"', datname) END))
            FROM pg_db_role_setting LEFT JOIN pg_database ON pg_database.oid = setdatabase
            WHERE 'model_routable.enforcement=warn' = ANY (setconfig)
                AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    ) AS found (issue)
$$;
COMMENT ON FUNCTION routable.enforcement_issues() IS
    'internal: where model_routable.enforcement is set to "warn": this session, this database, roles';

CREATE VIEW routable.guards AS
    SELECT relation::regclass AS relation, own.mechanism, own.runtime_column, own.model_column, own.constraint_name,
        own.on_mismatch, own.unknown_runtime, own.on_insert, own.before_update, own.replicas, own.state,
        own.issues || ARRAY(
            SELECT format('The %s %s has no active guard.',
                    CASE WHEN c.relispartition THEN 'partition' ELSE 'child table' END, below)
                FROM routable.descendants(relation::regclass) AS below JOIN pg_catalog.pg_class c ON c.oid = below,
                    routable.inspect_guard(below) AS part
                WHERE part.state IS DISTINCT FROM 'enforcing' AND part.state IS DISTINCT FROM own.state) AS issues
    FROM (
        SELECT tgrelid FROM pg_catalog.pg_trigger
            WHERE tgfoid = 'routable.guard()'::pg_catalog.regprocedure AND tgparentid = 0
        UNION
        SELECT c.conrelid FROM (SELECT DISTINCT conrelid FROM pg_catalog.pg_constraint
                WHERE contype = 'c' AND conislocal AND conrelid <> 0) AS c
            WHERE EXISTS (SELECT FROM routable.guard_constraints(c.conrelid::pg_catalog.regclass))
    ) AS guarded (relation), routable.inspect_guard(relation::regclass) AS own;
COMMENT ON VIEW routable.guards IS
    'every guarded table: its settings, the state of its guard, and what could still let a bad pair in';
COMMENT ON COLUMN routable.guards.relation IS 'the guarded table';
COMMENT ON COLUMN routable.guards.mechanism IS 'trigger or check';
COMMENT ON COLUMN routable.guards.runtime_column IS 'holds the runtime';
COMMENT ON COLUMN routable.guards.model_column IS 'holds the model id';
COMMENT ON COLUMN routable.guards.constraint_name IS 'what errors report';
COMMENT ON COLUMN routable.guards.on_mismatch IS 'raise, warn or reset';
COMMENT ON COLUMN routable.guards.unknown_runtime IS 'allow or deny';
COMMENT ON COLUMN routable.guards.on_insert IS 'judges INSERT and COPY';
COMMENT ON COLUMN routable.guards.before_update IS 'refuses before the write';
COMMENT ON COLUMN routable.guards.replicas IS 'judges replicated rows';
COMMENT ON COLUMN routable.guards.state IS 'enforcing, or why it is not';
COMMENT ON COLUMN routable.guards.issues IS 'what may let bad pairs in';
GRANT SELECT ON routable.guards TO PUBLIC;

CREATE FUNCTION routable.is_guarded(target regclass) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(bool_and(guard.state IS NOT DISTINCT FROM 'enforcing'), false)
    FROM (SELECT target UNION ALL SELECT routable.descendants(target)) AS every (relation),
        routable.inspect_guard(relation) AS guard
    WHERE relation IS NOT NULL
$$;
COMMENT ON FUNCTION routable.is_guarded(regclass) IS
    'whether the table, and every partition or child of it, has a guard that is active; for tests and monitoring';
