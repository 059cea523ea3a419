-- The guards of tables, and what could still let a bad pair in.

-- The guards of a table that are triggers, one for each pair of columns that its triggers name. A guard is "enforcing" if it
-- refuses, on INSERT and UPDATE, what a guard from routable.attach() with these settings would refuse.
CREATE FUNCTION routable.inspect_triggers(
    target regclass,
    OUT mechanism text,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT deferral text,
    OUT on_insert boolean,
    OUT before_update boolean,
    OUT replicas boolean,
    OUT inherited boolean,
    OUT state text,
    OUT issues text[]
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    is_replica CONSTANT boolean := current_setting('session_replication_role') = 'replica';
    guard record;
    enabled text;
    enforcement_issues text[];
    role_issues text[];
BEGIN
    mechanism := 'trigger';
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target AND tgfoid = 'routable.guard()'::regprocedure) THEN
        -- Once, because each reads a catalog.
        enforcement_issues := coalesce(routable.setting_issues(routable.enforcement_parameter(), 'warn'), '{}');
        role_issues := routable.setting_issues('session_replication_role', 'replica');
    END IF;
    FOR guard IN
        -- If several triggers have the last word for the same columns, the strictest counts, because one is enough to refuse
        -- a row.
        WITH part AS (
            SELECT t.*, type & 2 = 2 AS is_before, strpos('AORD', t.enabled::text) AS rank FROM routable.guard_triggers(target) t
        ), last_word AS (
            SELECT DISTINCT ON (part.runtime_column, part.model_column, event) part.*, event
            FROM part, unnest(ARRAY[4, 16]) AS event
            WHERE NOT is_before AND type & 1 = 1 AND type & event <> 0
            ORDER BY part.runtime_column, part.model_column, event, error IS NOT NULL, gap IS NOT NULL, rank,
                part.on_mismatch = 'warn', part.unknown_runtime = 'allow', part.near_miss <> 'deny', part.near_miss = 'allow',
                NOT starts_with(part.name, 'model_routable'), part.name
        )
        SELECT pair.*, to_jsonb(last_update) AS last_update, to_jsonb(last_insert) AS last_insert,
            coalesce(to_jsonb(last_update), to_jsonb(last_insert)) AS last
        FROM (
            SELECT part.runtime_column, part.model_column, min(part.constraint_name) AS constraint_name,
                min(part.on_mismatch) AS on_mismatch, min(part.unknown_runtime) AS unknown_runtime,
                min(part.near_miss) AS near_miss,
                bool_or(is_before AND type & 16 <> 0 AND rank < 4 AND error IS NULL) AS before_update,
                bool_and(cloned) AS inherited,
                array_agg(DISTINCT error) FILTER (WHERE error IS NOT NULL AND rank < 4) AS errors
            FROM part GROUP BY 1, 2
        ) AS pair
            LEFT JOIN last_word last_update ON last_update.event = 16
                AND (last_update.runtime_column, last_update.model_column) IS NOT DISTINCT FROM (pair.runtime_column, pair.model_column)
            LEFT JOIN last_word last_insert ON last_insert.event = 4
                AND (last_insert.runtime_column, last_insert.model_column) IS NOT DISTINCT FROM (pair.runtime_column, pair.model_column)
        ORDER BY 1, 2
    LOOP
        runtime_column := guard.runtime_column;
        model_column := guard.model_column;
        constraint_name := coalesce(guard.last ->> 'constraint_name', guard.constraint_name);
        on_mismatch := coalesce(guard.last ->> 'on_mismatch', guard.on_mismatch);
        -- The weaker of the two events decides.
        SELECT (strictness)[least(array_position(strictness, guard.last_update ->> 'unknown_runtime'),
                array_position(strictness, guard.last_insert ->> 'unknown_runtime'))],
            (strictness)[least(array_position(strictness, guard.last_update ->> 'near_miss'),
                array_position(strictness, guard.last_insert ->> 'near_miss'))]
            INTO unknown_runtime, near_miss FROM (VALUES (ARRAY['allow', 'warn', 'deny'])) AS weakest_first (strictness);
        unknown_runtime := coalesce(unknown_runtime, guard.unknown_runtime);
        near_miss := coalesce(near_miss, guard.near_miss);
        deferral := coalesce(guard.last ->> 'deferral', 'no');
        replicas := coalesce((guard.last ->> 'replicas')::boolean, false);
        on_insert := guard.last_insert ->> 'trigger' IS NOT NULL;
        before_update := guard.before_update;
        inherited := guard.inherited;
        issues := coalesce(guard.errors, '{}');
        state := CASE WHEN issues <> '{}' THEN 'broken' ELSE 'enforcing' END;
        IF guard.last_update ->> 'trigger' IS NULL THEN
            state := 'broken';
            issues := issues || 'The trigger AFTER UPDATE, which has the last word, is missing.'::text;
        END IF;
        IF state <> 'broken' AND coalesce(guard.last_update ->> 'gap', guard.last_insert ->> 'gap') IS NOT NULL THEN
            state := 'broken';
            issues := issues || ARRAY(SELECT DISTINCT gap FROM unnest(ARRAY[guard.last_update ->> 'gap', guard.last_insert ->> 'gap']) AS gap
                WHERE gap IS NOT NULL);
        END IF;

        -- The list is in the order in which the trigger fires for fewer writes.
        enabled := substr('AORD', greatest((guard.last_update ->> 'rank')::integer, (guard.last_insert ->> 'rank')::integer), 1);
        IF enabled = 'D' THEN
            issues := issues || format('The trigger "%s", which has the last word, is disabled.', guard.last ->> 'name');
        ELSIF enabled = 'R' THEN
            issues := issues || format('The trigger "%s" fires on replicas only.', guard.last ->> 'name');
        ELSIF replicas AND enabled <> 'A' THEN
            issues := issues || format('The trigger "%s" is no longer ENABLE ALWAYS: rows that replication applies are not judged.',
                guard.last ->> 'name');
        END IF;
        IF is_replica AND enabled = 'O' THEN
            issues := issues || 'session_replication_role is "replica" in this session, in which the guard does not fire.'::text;
            enabled := 'D';
        END IF;
        IF NOT on_insert AND guard.last_update ->> 'trigger' IS NOT NULL THEN
            issues := issues || 'INSERT and COPY are not guarded.'::text;
        END IF;
        IF on_mismatch = 'warn' OR guard.last_insert ->> 'on_mismatch' = 'warn' THEN
            on_mismatch := 'warn';
            issues := issues || 'The guard is set to warn: it stores what is not routable.'::text;
        END IF;
        IF deferral <> 'no' AND before_update THEN
            issues := issues || 'A trigger BEFORE UPDATE refuses at once what the deferrable one would leave until COMMIT.'::text;
        END IF;
        IF on_mismatch = 'reset' AND NOT before_update THEN
            issues := issues || 'No trigger BEFORE UPDATE is active, which resets the model: such an update is refused.'::text;
        END IF;
        issues := issues || routable.privilege_issues(target, 'pg_trigger', (guard.last ->> 'trigger')::oid)
            || routable.trigger_privilege_issues(target, (guard.last ->> 'trigger')::oid)
            || enforcement_issues;
        IF enabled <> 'A' THEN
            -- The setting of the session itself is reported above.
            issues := issues || ARRAY(SELECT issue FROM unnest(role_issues) AS issue WHERE issue NOT LIKE '% in this session.');
        END IF;
        state := CASE
            WHEN state = 'broken' THEN state
            WHEN enabled = 'D' THEN 'disabled'
            WHEN enabled = 'R' THEN 'replicas only'
            WHEN on_mismatch = 'warn' OR lower(current_setting(routable.enforcement_parameter(), true)) = 'warn' THEN 'warning'
            ELSE state END;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.inspect_triggers(regclass) IS
    'internal: the guards of one table that are triggers, without the tables below it';

CREATE FUNCTION routable.inspect_constraints(
    target regclass,
    OUT mechanism text,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT deferral text,
    OUT on_insert boolean,
    OUT before_update boolean,
    OUT replicas boolean,
    OUT inherited boolean,
    OUT state text,
    OUT issues text[]
) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT 'check', own.runtime_column, own.model_column, own.name, 'raise', 'allow', 'allow', 'no', true, true, true, own.inherited,
        CASE WHEN is_foreign OR NOT enforced THEN 'disabled' WHEN renamed THEN 'broken' ELSE 'enforcing' END,
        array_remove(ARRAY[
            CASE WHEN NOT enforced THEN format('The constraint "%s" is not enforced.', own.name)
                WHEN NOT validated THEN format('The constraint "%s" is not validated: rows from before it were not judged.', own.name) END,
            CASE WHEN is_foreign THEN 'PostgreSQL does not enforce a CHECK constraint of a foreign table.' END,
            CASE WHEN renamed THEN format('The constraint "%s" was attached to the columns (%s), and judges (%s) now: attach the guard again.',
                own.name, own.attached_to, routable.attached_to(own.runtime_column, own.model_column)) END], NULL)
            || routable.privilege_issues(target, 'pg_constraint', own.constraint_oid)
    FROM routable.constraint_guards(target) AS own,
        LATERAL (SELECT relkind = 'f' FROM pg_class WHERE oid = target) AS relation (is_foreign),
        LATERAL (SELECT coalesce(own.attached_to <> routable.attached_to(own.runtime_column, own.model_column), false)) AS columns (renamed)
$$;
COMMENT ON FUNCTION routable.inspect_constraints(regclass) IS
    'internal: the guards of one table that are constraints, without the tables below it';

-- The guards of one table. A guard that cannot be inspected is reported, and does not hide the others.
CREATE FUNCTION routable.inspect_guards(
    target regclass,
    OUT mechanism text,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT deferral text,
    OUT on_insert boolean,
    OUT before_update boolean,
    OUT replicas boolean,
    OUT inherited boolean,
    OUT state text,
    OUT issues text[]
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT * FROM routable.inspect_triggers(target) UNION ALL SELECT * FROM routable.inspect_constraints(target);
EXCEPTION WHEN undefined_function THEN
    -- The library is an earlier one, which this session loaded before the update. That is not a fault of the table.
    RAISE;
WHEN OTHERS THEN
    -- A table that was dropped meanwhile is not reported.
    IF EXISTS (SELECT FROM pg_class WHERE oid = target) THEN
        state := 'broken';
        issues := ARRAY[format('The guard cannot be inspected: %s.', SQLERRM)];
        RETURN NEXT;
    END IF;
END
$$;
COMMENT ON FUNCTION routable.inspect_guards(regclass) IS
    'internal: the guards of one table, partition or child by itself: settings, state, and issues; no row without a guard';

-- A partition that has only the guards of its root is not included.
CREATE FUNCTION routable.guarded_tables() RETURNS SETOF regclass
    LANGUAGE sql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT tgrelid::regclass FROM pg_trigger
        WHERE tgfoid = 'routable.guard()'::regprocedure AND tgparentid = 0
    UNION
    SELECT c.conrelid::regclass FROM pg_constraint AS c JOIN pg_depend
            ON classid = 'pg_constraint'::regclass AND objid = c.oid
        WHERE contype = 'c' AND conislocal AND refclassid = 'pg_proc'::regclass
            AND refobjid IN (SELECT function::oid FROM routable.lookup_functions() AS function)
$$;
COMMENT ON FUNCTION routable.guarded_tables() IS 'internal: the tables that have a guard, whatever its state';

-- NULL if the arguments of a trigger cannot be read, or if routable.attach() does not offer such a guard.
CREATE FUNCTION routable.attach_statement(
    target regclass, runtime_column text, model_column text, mechanism text, on_mismatch text, unknown_runtime text, on_insert boolean,
    before_update boolean, replicas boolean, near_miss text, deferral text
) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('SELECT routable.attach(%s);', string_agg(argument, ', ' ORDER BY position))
    FROM (VALUES
        (1, format('%L', routable.qualified_name(target)), true),
        (2, format('runtime_column => %L', runtime_column), runtime_column <> 'runtime'),
        (3, format('model_column => %L', model_column), model_column <> 'model'),
        (4, format('mechanism => %L', mechanism), mechanism <> 'trigger'),
        (5, format('on_mismatch => %L', on_mismatch), on_mismatch <> 'raise'),
        (6, format('unknown_runtime => %L', unknown_runtime), unknown_runtime <> 'allow'),
        (7, format('near_miss => %L', near_miss), near_miss <> 'allow'),
        (8, 'on_insert => false', NOT on_insert),
        (9, 'before_update => false', NOT before_update AND deferral = 'no'),
        (10, 'replicas => true', replicas AND mechanism = 'trigger'),
        (11, format('deferral => %L', deferral), deferral <> 'no')
    ) AS setting (position, argument, is_given)
    WHERE is_given
    -- Settings that attach does not offer, but that a person can type.
    HAVING deferral = 'no' OR on_mismatch <> 'reset' AND NOT before_update
$$;
COMMENT ON FUNCTION routable.attach_statement(regclass, text, text, text, text, text, boolean, boolean, boolean, text, text) IS
    'internal: the call of routable.attach() that makes a guard with these settings';

CREATE VIEW routable.guards AS
    SELECT relation, own.mechanism, own.runtime_column, own.model_column, own.constraint_name,
        own.on_mismatch, own.unknown_runtime, own.on_insert, own.before_update, own.replicas, own.state, own.issues,
        -- These come last, because CREATE OR REPLACE VIEW can only add columns at the end.
        own.near_miss, own.deferral,
        routable.attach_statement(relation, own.runtime_column, own.model_column, own.mechanism, own.on_mismatch,
            own.unknown_runtime, own.on_insert, own.before_update, own.replicas, own.near_miss, own.deferral) AS attach_sql
    FROM routable.guarded_tables() AS relation, LATERAL (
        WITH below AS MATERIALIZED (
            SELECT descendant, part.runtime_column, part.model_column, part.state
            FROM routable.descendants(relation) AS descendant LEFT JOIN LATERAL routable.inspect_guards(descendant) AS part ON true
        )
        SELECT guard.mechanism, guard.runtime_column, guard.model_column, guard.constraint_name, guard.on_mismatch, guard.unknown_runtime,
            guard.near_miss, guard.deferral, guard.on_insert, guard.before_update, guard.replicas, guard.inherited, guard.state,
            guard.issues || ARRAY(
                SELECT pg_catalog.format('The %s %s has no active guard.',
                        CASE WHEN c.relispartition THEN 'partition' ELSE 'child table' END, descendant)
                    FROM (SELECT descendant, pg_catalog.bool_or((below.runtime_column, below.model_column)
                            = (guard.runtime_column, guard.model_column)
                            AND (below.state = 'enforcing' OR below.state = guard.state)) AS is_guarded
                        FROM below GROUP BY descendant) AS every JOIN pg_catalog.pg_class c ON c.oid = descendant
                    WHERE is_guarded IS NOT TRUE ORDER BY descendant) AS issues
        FROM routable.inspect_guards(relation) AS guard
        WHERE guard.inherited IS NOT TRUE
    ) AS own;
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
COMMENT ON COLUMN routable.guards.near_miss IS 'allow, warn or deny';
COMMENT ON COLUMN routable.guards.deferral IS 'no, immediate or deferred';
COMMENT ON COLUMN routable.guards.attach_sql IS 'the call that makes this guard';

CREATE FUNCTION routable.is_guarded(target regclass) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Each pair of columns that has a guard on a table needs a guard that refuses. A pair that the table itself guards has to
    -- be guarded by each table below it too.
    WITH pair AS MATERIALIZED (
        SELECT relation, runtime_column, model_column, bool_or(state = 'enforcing') AS is_enforced
        FROM (SELECT target UNION ALL SELECT routable.descendants(target)) AS every (relation), routable.inspect_guards(relation)
        GROUP BY 1, 2, 3
    )
    SELECT coalesce(bool_and(is_enforced), false)
        AND NOT EXISTS (
            SELECT FROM pair AS own, routable.descendants(target) AS below
            WHERE own.relation = target AND NOT EXISTS (SELECT FROM pair AS part WHERE part.relation = below
                AND (part.runtime_column, part.model_column) = (own.runtime_column, own.model_column)))
        AND EXISTS (SELECT FROM pair WHERE relation = target)
    FROM pair
$$;
COMMENT ON FUNCTION routable.is_guarded(regclass) IS
    'whether the table, and every partition or child of it, has a guard that is active; for tests and monitoring';
