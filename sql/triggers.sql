-- The triggers of a guard: those that a table has, and those that attach creates.

-- The triggers of a table that call routable.guard(), each with its settings and its faults. "error" is set if every write
-- that the trigger judges is an error, and "gap" if the trigger lets a pair pass that it should judge. "judged" has the
-- columns that the condition reads, if the arguments name others.
CREATE FUNCTION routable.guard_triggers(
    target regclass,
    OUT trigger oid,
    OUT name name,
    OUT type integer,
    OUT enabled "char",
    OUT cloned boolean,
    OUT is_constraint boolean,
    OUT deferral text,
    OUT columns text,
    OUT condition text,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT replicas boolean,
    OUT judged text,
    OUT error text,
    OUT gap text
) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.oid, tgname, tgtype::integer, tgenabled, tgparentid <> 0, tgconstraint <> 0,
        CASE WHEN NOT tgdeferrable THEN 'no' WHEN tginitdeferred THEN 'deferred' ELSE 'immediate' END, tgattr::text, found.condition,
        s.runtime_column, s.model_column, s.constraint_name, s.on_mismatch, s.unknown_runtime, s.near_miss, s.replicas,
        judged,
        CASE
            WHEN is_long THEN format('Every write that the trigger "%s" judges is an error: its arguments are too long.', tgname)
            WHEN s.fault IS NOT NULL THEN format('Every write that the trigger "%s" judges is an error: %s.', tgname, s.fault)
            -- tgtype: for each row (1), BEFORE (2), INSERT (4), DELETE (8), UPDATE (16), TRUNCATE (32), INSTEAD OF (64).
            WHEN tgtype & 1 = 0 OR tgtype & 104 <> 0 THEN format(
                'The trigger "%s" is called for what routable.guard() does not judge, which is an error.', tgname)
            WHEN missing IS NOT NULL THEN format(
                'The column %s is not there any more: every write is an error until the guard is attached again.', missing)
            WHEN unreadable IS NOT NULL THEN format(
                'The guard cannot read %s, as the table is now: every write is an error.', unreadable)
        END,
        CASE
            WHEN tgtype & 2 = 2 THEN NULL
            WHEN judged IS NOT NULL THEN format(
                'The condition of the trigger "%s" reads the columns (%s), and its arguments name others: attach the guard again.',
                tgname, judged)
            WHEN tgtype & 16 <> 0 AND tgattr <> '' OR tgqual IS NOT NULL AND (found.condition = ANY (accepted)) IS NOT TRUE THEN
                format('The trigger "%s", which has the last word, is not as routable.attach() creates it.', tgname)
        END
    FROM pg_trigger t
        CROSS JOIN LATERAL (SELECT octet_length(tgargs) > 8192) AS arguments (is_long)
        LEFT JOIN LATERAL routable.guard_settings(tgname::text, CASE WHEN is_long THEN '' ELSE tgargs END) AS s ON true
        CROSS JOIN LATERAL (SELECT routable.condition(tgqual), routable.wanted_conditions(
                routable.column_number(target, s.runtime_column), routable.column_number(target, s.model_column),
                s.unknown_runtime, s.near_miss)
            ) AS found (condition, accepted)
        CROSS JOIN LATERAL (
            SELECT CASE WHEN NOT found.condition = ANY (accepted) THEN (
                SELECT string_agg(attname, ', ' ORDER BY position) FROM routable.columns_of_condition(found.condition) AS numbers,
                    unnest(numbers) WITH ORDINALITY AS read (number, position) JOIN pg_attribute ON attrelid = target AND attnum = number
                WHERE numbers IS DISTINCT FROM
                    ARRAY[routable.column_number(target, s.runtime_column), routable.column_number(target, s.model_column)]) END
        ) AS other (judged)
        CROSS JOIN LATERAL (
            SELECT string_agg(format('"%s"', given), ' and ') FILTER (WHERE attnum IS NULL),
                string_agg(format('"%s"', given), ' and ') FILTER (WHERE NOT routable.can_read(atttypid)
                    OR attgenerated = 'v' OR attgenerated = 's' AND tgtype & 2 = 2)
            FROM unnest(ARRAY[s.runtime_column, s.model_column]) AS given LEFT JOIN pg_attribute
                ON attrelid = target AND attname = given AND attnum > 0 AND NOT attisdropped
            WHERE given IS NOT NULL
        ) AS the (missing, unreadable)
    WHERE tgrelid = target AND tgfoid = 'routable.guard()'::regprocedure
    ORDER BY tgname
$$;
COMMENT ON FUNCTION routable.guard_triggers(regclass) IS
    'internal: the triggers of a table that call routable.guard(), with their settings and what is wrong with each';

-- The parts of a trigger that attach compares with the trigger that it would create. It compares separately how the trigger
-- is enabled.
CREATE FUNCTION routable.trigger_description(
    name name, type integer, is_constraint boolean, deferral text, columns text, condition text, settings jsonb
) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_build_object('name', name, 'type', type, 'constraint', is_constraint, 'deferral', deferral,
        'columns', columns, 'condition', condition, 'settings', settings)
$$;
COMMENT ON FUNCTION routable.trigger_description(name, integer, boolean, text, text, text, jsonb) IS
    'internal: the parts of a trigger that are compared with the one that routable.attach() creates';

-- The arguments of the triggers for these settings. Settings with their default value are left out.
CREATE FUNCTION routable.trigger_settings(
    runtime_column text, model_column text, constraint_name text, on_mismatch text, unknown_runtime text, near_miss text,
    replicas boolean
) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_build_object('runtime', runtime_column, 'model', model_column, 'constraint', constraint_name)
        || CASE WHEN on_mismatch <> 'raise' THEN jsonb_build_object('on_mismatch', on_mismatch) ELSE '{}' END
        || CASE WHEN unknown_runtime <> 'allow' THEN jsonb_build_object('unknown_runtime', unknown_runtime) ELSE '{}' END
        || CASE WHEN near_miss <> 'allow' THEN jsonb_build_object('near_miss', near_miss) ELSE '{}' END
        || CASE WHEN replicas THEN jsonb_build_object('replicas', 'true') ELSE '{}' END
$$;
COMMENT ON FUNCTION routable.trigger_settings(text, text, text, text, text, text, boolean) IS
    'internal: the arguments of a guard''s triggers, by key';

-- The name of a guard's BEFORE UPDATE trigger. The trigger with the last word has the same name and "_final". A guard keeps
-- its names. The first guard of a table has the plain names, and others add the name of the model column. The names must be
-- free on partitions too. "replaced" are the triggers of the table whose names become free.
CREATE FUNCTION routable.choose_trigger_name(target regclass, runtime_column name, model_column name, replaced name[]) RETURNS name
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    former CONSTANT name := (SELECT CASE WHEN t.type & 2 = 2 THEN t.name ELSE regexp_replace(t.name, '_final$', '') END
        FROM routable.guard_triggers(target) t WHERE t.name = ANY (replaced) AND starts_with(t.name, 'model_routable')
        ORDER BY t.type & 2, t.name LIMIT 1);
    longest CONSTANT integer := current_setting('max_identifier_length')::integer - octet_length('_final');
    candidate name := CASE WHEN octet_length(former) <= longest THEN former ELSE 'model_routable' END;
    further CONSTANT text := 'model_routable_' || routable.cut(model_column, 40);
BEGIN
    FOR attempt IN 0 .. 1000 LOOP
        EXIT WHEN NOT EXISTS (
            SELECT FROM pg_trigger WHERE tgrelid = target AND tgname IN (candidate, candidate || '_final') AND tgname <> ALL (replaced)
            UNION ALL
            SELECT FROM routable.descendants(target) AS below JOIN pg_class c ON c.oid = below JOIN pg_trigger ON tgrelid = below
            WHERE relispartition AND tgname IN (candidate, candidate || '_final') AND tgparentid = 0 AND tgname <> ALL (
                (SELECT triggers FROM routable.parts_to_replace(below, runtime_column, model_column))::name[]));
        candidate := CASE attempt WHEN 0 THEN 'model_routable' WHEN 1 THEN further ELSE further || attempt END;
    END LOOP;
    RETURN candidate;
END
$$;
COMMENT ON FUNCTION routable.choose_trigger_name(regclass, name, name, name[]) IS
    'internal: the name of the trigger BEFORE UPDATE of a guard, with which that of the last word begins';

-- The triggers of a guard: the statements that create them, and the parts of each that are compared.
CREATE FUNCTION routable.wanted_triggers(
    target regclass, trigger_name name, settings jsonb, on_insert boolean, before_update boolean, deferral text,
    OUT name name, OUT statement text, OUT description jsonb
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
    -- PostgreSQL has no constraint triggers on foreign tables, or on a partitioned table with a foreign partition.
    is_constraint CONSTANT boolean := routable.foreign_table(target) IS NULL;
    timing CONSTANT text := CASE deferral WHEN 'no' THEN 'NOT DEFERRABLE' WHEN 'immediate' THEN 'DEFERRABLE INITIALLY IMMEDIATE'
        ELSE 'DEFERRABLE INITIALLY DEFERRED' END;
    execute_guard text;
    unknown_runtime CONSTANT text := coalesce(settings ->> 'unknown_runtime', 'allow');
    near_miss CONSTANT text := coalesce(settings ->> 'near_miss', 'allow');
    pair CONSTANT text := format('NEW.%I::text, NEW.%I::text', settings ->> 'runtime', settings ->> 'model');
    condition text;
    type integer;
BEGIN
    -- Written as E'' if it has a backslash, so that standard_conforming_strings does not matter.
    SELECT format('EXECUTE FUNCTION routable.guard(%s)', string_agg(quote_literal(key || '=' || value), ', '
            ORDER BY array_position('{runtime,model,constraint,on_mismatch,unknown_runtime,near_miss,replicas}', key)))
        INTO execute_guard FROM jsonb_each_text(settings);
    IF before_update THEN
        name := trigger_name;
        statement := format('CREATE TRIGGER %I BEFORE UPDATE ON %s FOR EACH ROW %s', name, relation, execute_guard);
        description := routable.trigger_description(name, 19, false, 'no', '', NULL, settings);
        RETURN NEXT;
    END IF;
    name := trigger_name || '_final';
    type := CASE WHEN on_insert THEN 21 ELSE 17 END;
    condition := CASE WHEN unknown_runtime = 'allow' AND near_miss = 'allow' THEN format('NOT %s(%s)', routable.lookup_name(), pair)
        ELSE format('NOT routable.passes(%s, %L, %L)', pair, unknown_runtime, near_miss) END;
    -- A constraint trigger, because a role with the TRIGGER privilege could replace an ordinary trigger and put it back.
    statement := format('CREATE %sTRIGGER %I AFTER %sUPDATE ON %s %sFOR EACH ROW WHEN (%s) %s',
        CASE WHEN is_constraint THEN 'CONSTRAINT ' ELSE '' END, name, CASE WHEN on_insert THEN 'INSERT OR ' ELSE '' END, relation,
        CASE WHEN is_constraint THEN timing || ' ' ELSE '' END, condition, execute_guard);
    description := routable.trigger_description(name, type, is_constraint, deferral, '', (routable.wanted_conditions(
            routable.column_number(target, settings ->> 'runtime'), routable.column_number(target, settings ->> 'model'),
            unknown_runtime, near_miss))[1], settings);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION routable.wanted_triggers(regclass, name, jsonb, boolean, boolean, text) IS
    'internal: the statements that create the triggers of a guard, and what each creates';

-- Whether a guard has exactly these triggers, enabled as they should be, also on the table's partitions.
CREATE FUNCTION routable.has_triggers(
    target regclass, trigger_name name, settings jsonb, on_insert boolean, before_update boolean, deferral text
) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT constraints = '{}'
        AND (SELECT array_agg(description ORDER BY name)
                FROM routable.wanted_triggers(target, trigger_name, settings, on_insert, before_update, deferral))
            = (SELECT array_agg(routable.trigger_description(t.name, t.type, t.is_constraint, t.deferral, t.columns, t.condition,
                    routable.trigger_settings(t.runtime_column, t.model_column, t.constraint_name, t.on_mismatch, t.unknown_runtime,
                        t.near_miss, t.replicas))
                ORDER BY t.name) FROM routable.guard_triggers(target) t WHERE t.name = ANY (triggers))
        AND NOT EXISTS (SELECT FROM routable.triggers_to_enable(target, triggers, settings ? 'replicas'))
    FROM routable.parts_to_replace(target, (settings ->> 'runtime')::name, (settings ->> 'model')::name)
$$;
COMMENT ON FUNCTION routable.has_triggers(regclass, name, jsonb, boolean, boolean, text) IS
    'internal: whether a guard consists of just the triggers that routable.attach() would create';

-- The triggers of a guard, on the table and its partitions, that are not enabled as they should be.
CREATE FUNCTION routable.triggers_to_enable(target regclass, triggers name[], always boolean, OUT statement text) RETURNS SETOF text
    LANGUAGE sql STABLE STRICT ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('ALTER TABLE %s ENABLE %s TRIGGER %I', routable.qualified_name(part.tgrelid),
            CASE WHEN always THEN 'ALWAYS' ELSE '' END, part.tgname)
    FROM pg_trigger AS own JOIN pg_trigger AS part ON part.tgfoid = own.tgfoid AND part.tgargs = own.tgargs
        AND (part.oid = own.oid OR part.tgparentid <> 0 AND part.tgrelid IN (SELECT routable.descendants(target)))
    WHERE own.tgrelid = target AND own.tgname = ANY (triggers) AND own.tgfoid = 'routable.guard()'::regprocedure
        AND part.tgenabled <> CASE WHEN always THEN 'A' ELSE 'O' END
    GROUP BY part.tgrelid, part.tgname
$$;
COMMENT ON FUNCTION routable.triggers_to_enable(regclass, name[], boolean) IS
    'internal: statements that enable triggers of a guard as they should be';

CREATE FUNCTION routable.create_triggers(
    target regclass, trigger_name name, settings jsonb, on_insert boolean, before_update boolean, deferral text
) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    statement text;
BEGIN
    FOR statement IN SELECT w.statement
            FROM routable.wanted_triggers(target, trigger_name, settings, on_insert, before_update, deferral) w LOOP
        EXECUTE statement;
    END LOOP;
    FOR statement IN SELECT e.statement
            FROM routable.triggers_to_enable(target, ARRAY[trigger_name, trigger_name || '_final'], settings ? 'replicas') e LOOP
        EXECUTE statement;
    END LOOP;
    -- If somebody changed a type or a schema meanwhile, the names that are valid now are the right ones.
    IF NOT routable.has_triggers(target, trigger_name, settings, on_insert, before_update, deferral) THEN
        RAISE EXCEPTION 'relation "%" is not guarded as it should be', (SELECT relname FROM pg_class WHERE oid = target)
            USING ERRCODE = 'object_in_use', DETAIL = 'Its definition was changed at the same time.', HINT = 'Try again.';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.create_triggers(regclass, name, jsonb, boolean, boolean, text) IS 'internal: creates the triggers of a guard';
