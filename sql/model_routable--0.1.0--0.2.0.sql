\echo Use "ALTER EXTENSION model_routable UPDATE TO '0.2.0'" to load this file. \quit

SET LOCAL search_path = pg_catalog, pg_temp;

-- The views have other columns now. What was built upon the former is in the way, and PostgreSQL's error names it.
DROP VIEW routable.runtimes, routable.providers, routable.models;
DROP FUNCTION routable.registry_runtimes(), routable.registry_providers(), routable.registry_models();

CREATE FUNCTION routable.registry_runtimes(
    OUT runtime text, OUT display_name text, OUT default_model text, OUT models bigint, OUT providers bigint
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 10
    AS 'MODULE_PATHNAME', 'registry_runtimes_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_runtimes() IS 'internal: the rows of the view routable.runtimes';

CREATE VIEW routable.runtimes AS SELECT * FROM routable.registry_runtimes();
COMMENT ON VIEW routable.runtimes IS 'the runtimes of the registry, and the model that each starts with';
COMMENT ON COLUMN routable.runtimes.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.runtimes.display_name IS 'for people; may be missing';
COMMENT ON COLUMN routable.runtimes.default_model IS 'what a workspace starts with';
COMMENT ON COLUMN routable.runtimes.models IS 'how many ids can be selected';
COMMENT ON COLUMN routable.runtimes.providers IS 'how many providers it can use';

CREATE FUNCTION routable.registry_providers(
    OUT provider text, OUT display_name text, OUT billing text, OUT auth_env text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'registry_providers_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_providers() IS 'internal: the rows of the view routable.providers';

CREATE VIEW routable.providers AS SELECT * FROM routable.registry_providers();
COMMENT ON VIEW routable.providers IS 'the providers of the registry: who bills, and which variables authenticate';
COMMENT ON COLUMN routable.providers.provider IS 'its name in the registry';
COMMENT ON COLUMN routable.providers.display_name IS 'for people';
COMMENT ON COLUMN routable.providers.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.providers.auth_env IS 'variables, of which one is needed';

CREATE FUNCTION routable.registry_models(
    OUT runtime text, OUT model text, OUT provider text, OUT billing text, OUT status text, OUT pattern text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 100
    AS 'MODULE_PATHNAME', 'registry_models_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_models() IS 'internal: the rows of the view routable.models';

-- The pattern comes last, so that what is wide does not push aside what is not.
CREATE VIEW routable.models AS SELECT * FROM routable.registry_models();
COMMENT ON VIEW routable.models IS
    'what each runtime takes: a row for each model id that it lists, and one for each pattern that it routes by';
COMMENT ON COLUMN routable.models.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.models.model IS 'an id that the provider lists';
COMMENT ON COLUMN routable.models.provider IS 'as in routable.providers';
COMMENT ON COLUMN routable.models.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.models.status IS 'default, offered or withdrawn';
COMMENT ON COLUMN routable.models.pattern IS 'matches ids that are not listed';

GRANT SELECT ON routable.runtimes, routable.providers, routable.models TO PUBLIC;

-- The default table says what to do where it is not there.
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

CREATE OR REPLACE FUNCTION routable.attach(
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

CREATE OR REPLACE FUNCTION routable.audit(
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

ALTER FUNCTION routable.fix_statement(regclass, name, name, text, text, name, text) PARALLEL RESTRICTED;

-- What is not for callers says so, and columns say what they hold.
COMMENT ON FUNCTION routable.registry_itself() IS 'internal: the row of the view routable.registry';
COMMENT ON VIEW routable.registry IS 'which registry this library was built with, and how much is in it';
COMMENT ON COLUMN routable.registry.schema_version IS 'of the file''s format';
COMMENT ON COLUMN routable.registry.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.registry.runtimes IS 'how many';
COMMENT ON COLUMN routable.registry.providers IS 'how many';
COMMENT ON COLUMN routable.registry.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.registry.extension_version IS 'of the library';
COMMENT ON FUNCTION routable.can_read(regtype) IS 'internal: whether a guard can read columns of the type';
COMMENT ON FUNCTION routable.choose_constraint_name(regclass) IS
    'internal: the constraint name under which a guard of the table reports its refusals';
COMMENT ON FUNCTION routable.qualified_name(regclass) IS 'internal: the name of a table with its schema, as PostgreSQL shows it';
COMMENT ON FUNCTION routable.trigger_settings(bytea) IS 'internal: the arguments of a guard trigger, by key';
COMMENT ON FUNCTION routable.lookup_call(regprocedure, regclass, text, name[]) IS
    'internal: a call of a lookup function for the columns of a table, as PostgreSQL shows it';
COMMENT ON FUNCTION routable.trigger_definitions(regclass, jsonb, boolean, boolean) IS
    'internal: the statements that create the triggers of a guard';
COMMENT ON FUNCTION routable.guard_constraints(regclass) IS 'internal: the CHECK constraints of a table that are guards';
COMMENT ON FUNCTION routable.descendants(regclass) IS 'internal: the partitions and child tables of a table, at any depth';
COMMENT ON FUNCTION routable.check_attachable(regclass, name, name, text, text, boolean, boolean, text, boolean) IS
    'internal: raises an error where routable.attach() cannot guard the table with these settings';
COMMENT ON FUNCTION routable.check_not_inherited(regclass) IS
    'internal: raises an error where the guard of the table comes from a table above it';
COMMENT ON FUNCTION routable.lock_definition(regclass) IS
    'internal: keeps other sessions from changing the definition of a table until the transaction ends';
COMMENT ON FUNCTION routable.drop_guard(regclass) IS
    'internal: drops the triggers that call routable.guard() and the constraint of a guard from a table; tells how many';
COMMENT ON FUNCTION routable.inspect_guard(regclass) IS
    'internal: the guard of one table, partition or child by itself: its settings, its state, and its issues; all NULL without a guard';
COMMENT ON FUNCTION routable.enforcement_issues() IS
    'internal: where model_routable.enforcement is set to "warn": this session, this database, roles';
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
COMMENT ON FUNCTION routable.fix_statement(regclass, name, name, text, text, name, text) IS
    'internal: the UPDATE that gives the rows of a pair another runtime or model, as text to read and run';
