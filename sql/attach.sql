-- Puts the guard on a table. SECURITY INVOKER: PostgreSQL decides who may alter it.
-- Locks: SHARE UPDATE EXCLUSIVE, and ROW EXCLUSIVE on the store of releases (lock.sql); SHARE ROW EXCLUSIVE by CREATE TRIGGER
-- (triggers.sql); ACCESS EXCLUSIVE by DROP TRIGGER (parts.sql) and ADD CONSTRAINT (constraints.sql).
CREATE FUNCTION routable.attach(
    target regclass DEFAULT coalesce(to_regclass('workspaces'), routable.no_workspaces()),
    runtime_column name DEFAULT 'runtime',
    model_column name DEFAULT 'model',
    on_mismatch text DEFAULT 'raise',
    unknown_runtime text DEFAULT 'allow',
    on_insert boolean DEFAULT true,
    before_update boolean DEFAULT true,
    mechanism text DEFAULT 'trigger',
    replicas boolean DEFAULT false,
    near_miss text DEFAULT 'allow',
    deferral text DEFAULT 'no'
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    replaced record;
    constraint_name name;
    trigger_name name;
    settings jsonb;
    partition regclass;
    former text;
BEGIN
    PERFORM routable.lock_definition(target);
    -- It would refuse the first of two statements.
    before_update := before_update AND deferral = 'no';
    PERFORM routable.check_attachable(target, runtime_column, model_column, on_mismatch, unknown_runtime, on_insert,
        before_update, mechanism, replicas, near_miss, deferral);
    PERFORM routable.check_not_in_use(target);

    SELECT * INTO replaced FROM routable.parts_to_replace(target, runtime_column, model_column);
    -- A table that was renamed since keeps reporting under the name that it was attached with.
    constraint_name := coalesce(
        (SELECT t.constraint_name FROM routable.guard_triggers(target) t
            WHERE t.name = ANY (replaced.triggers) AND t.constraint_name IS NOT NULL
            ORDER BY t.type & 2, starts_with(t.name, 'model_routable') DESC, t.name DESC LIMIT 1),
        replaced.constraints[1],
        routable.choose_constraint_name(target, model_column));
    trigger_name := routable.choose_trigger_name(target, runtime_column, model_column, replaced.triggers);

    IF mechanism = 'check' THEN
        PERFORM routable.restore_constraint(target, constraint_name);
    END IF;
    settings := routable.trigger_settings(runtime_column, model_column, constraint_name, on_mismatch, unknown_runtime, near_miss,
        replicas);
    IF mechanism = 'check' AND routable.has_constraint(target, runtime_column, model_column) OR mechanism = 'trigger'
            AND routable.has_triggers(target, trigger_name, settings, on_insert, before_update, deferral) THEN
        RAISE NOTICE 'relation "%" is already guarded with these settings', (SELECT relname FROM pg_class WHERE oid = target);
        RETURN;
    END IF;

    FOR former IN SELECT DISTINCT routable.attached_to(t.runtime_column, t.model_column) FROM routable.guard_triggers(target) t
            WHERE t.name = ANY (replaced.triggers)
                AND (t.runtime_column, t.model_column) <> (attach.runtime_column::text, attach.model_column::text) LOOP
        RAISE NOTICE 'the guard of the former columns (%) of relation "%" is replaced', former,
            (SELECT relname FROM pg_class WHERE oid = target);
    END LOOP;
    IF mechanism = 'check' AND EXISTS (SELECT FROM routable.lost_constraints(target, constraint_name)) THEN
        -- A constraint that cannot be put back on every partition can stay: a second one judges there.
        constraint_name := routable.choose_constraint_name(target, model_column);
    ELSE
        PERFORM routable.drop_parts(target, replaced.triggers, replaced.constraints);
    END IF;
    -- A partition's own guard would stand in the way of the one that it gets from here.
    FOR partition IN SELECT d FROM routable.descendants(target) AS d JOIN pg_class c ON c.oid = d WHERE c.relispartition LOOP
        PERFORM routable.drop_parts(partition, triggers, constraints)
            FROM routable.parts_to_replace(partition, runtime_column, model_column);
    END LOOP;
    IF mechanism = 'check' THEN
        PERFORM routable.create_constraint(target, constraint_name, runtime_column, model_column);
    ELSE
        PERFORM routable.create_triggers(target, trigger_name, settings, on_insert, before_update, deferral);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.attach(regclass, name, name, text, text, boolean, boolean, text, boolean, text, text) IS
    'guards a pair of columns of a table: creates the triggers, or the constraint, that refuse a row whose (runtime, model) pair is not routable';
