-- Puts the guard on a table. SECURITY INVOKER: PostgreSQL decides who may alter it.
CREATE FUNCTION routable.attach(
    target regclass DEFAULT coalesce(to_regclass('workspaces'), routable.no_workspaces()),
    runtime_column name DEFAULT 'runtime',
    model_column name DEFAULT 'model',
    on_mismatch text DEFAULT 'raise',
    unknown_runtime text DEFAULT 'allow',
    on_insert boolean DEFAULT true,
    before_update boolean DEFAULT true,
    mechanism text DEFAULT 'trigger',
    replicas boolean DEFAULT false
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    -- Definitions are compared, and executed, in the form that these settings give them.
    SET standard_conforming_strings = on
    SET quote_all_identifiers = off
AS $$
DECLARE
    guard CONSTANT oid := 'routable.guard()'::regprocedure;
    relation record;
    settings jsonb;
    constraint_name name;
    wanted text[];
    present text[];
    enabled boolean;
    partition regclass;
    definition text;
BEGIN
    PERFORM routable.lock_definition(target);
    PERFORM routable.check_attachable(target, runtime_column, model_column, on_mismatch, unknown_runtime, on_insert,
        before_update, mechanism, replicas);
    SELECT relname, routable.qualified_name(target) AS name INTO STRICT relation FROM pg_class WHERE oid = target;

    -- A table that was renamed since keeps reporting under the name that it was attached with.
    constraint_name := coalesce(
        (SELECT routable.trigger_settings(tgargs) ->> 'constraint' FROM pg_trigger
            WHERE tgrelid = target AND tgfoid = guard ORDER BY tgname DESC LIMIT 1),
        (SELECT name FROM routable.guard_constraints(target) LIMIT 1),
        routable.choose_constraint_name(target));

    IF mechanism = 'check' THEN
        wanted := ARRAY[format('%s CHECK (%s) NOT VALID', constraint_name,
            routable.lookup_call('@extschema@.model_routable(text, text)', target, '', runtime_column, model_column))];
    ELSE
        settings := jsonb_build_object('runtime', runtime_column, 'model', model_column, 'constraint', constraint_name)
            || CASE WHEN on_mismatch <> 'raise' THEN jsonb_build_object('on_mismatch', on_mismatch) ELSE '{}' END
            || CASE WHEN unknown_runtime <> 'allow' THEN jsonb_build_object('unknown_runtime', unknown_runtime) ELSE '{}' END
            || CASE WHEN replicas THEN jsonb_build_object('replicas', 'true') ELSE '{}' END;
        wanted := ARRAY(SELECT routable.trigger_definitions(target, settings, on_insert, before_update));
    END IF;
    present := ARRAY(
        SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = target AND tgfoid = guard ORDER BY tgname)
        -- A constraint that has been validated since is as wanted.
        || ARRAY(SELECT name || ' ' || regexp_replace(c.definition, '(?<! NOT VALID)$', ' NOT VALID')
            FROM routable.guard_constraints(target) c);
    enabled := NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target AND tgfoid = guard
        AND tgenabled <> CASE WHEN replicas THEN 'A' ELSE 'O' END);
    IF present = wanted AND enabled THEN
        RAISE NOTICE 'relation "%" is already guarded with these settings', relation.relname;
        RETURN;
    END IF;

    PERFORM routable.drop_guard(target);
    -- A partition's own guard would stand in the way of the one that it gets from here.
    FOR partition IN SELECT d FROM routable.descendants(target) AS d JOIN pg_class c ON c.oid = d WHERE c.relispartition LOOP
        PERFORM routable.drop_guard(partition);
    END LOOP;
    IF mechanism = 'check' THEN
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (@extschema@.model_routable(%I::text, %I::text)) NOT VALID',
            relation.name, constraint_name, runtime_column, model_column);
        RETURN;
    END IF;
    FOREACH definition IN ARRAY wanted LOOP
        EXECUTE definition;
    END LOOP;
    IF replicas THEN
        IF before_update THEN
            EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER model_routable', relation.name);
        END IF;
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER model_routable_final', relation.name);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.attach(regclass, name, name, text, text, boolean, boolean, text, boolean) IS
    'guards a table: creates the triggers, or the constraint, that refuse a row whose (runtime, model) pair is not routable';
