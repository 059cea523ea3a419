\echo Use "CREATE EXTENSION model_routable" to load this file. \quit

-- For this script: whoever may create objects in the schema that CREATE EXTENSION picks could otherwise offer functions
-- and operators that fit better than PostgreSQL's own, and have them called by the superuser who runs it.
SET LOCAL search_path = pg_catalog, pg_temp;

-- Without IF NOT EXISTS: a schema that somebody planted beforehand, with objects of their own, is an error.
CREATE SCHEMA routable;
GRANT USAGE ON SCHEMA routable TO PUBLIC;
COMMENT ON SCHEMA routable IS 'model_routable: the guard against unroutable (runtime, model) pairs, and the registry behind it';
-- The lookup. STABLE and not IMMUTABLE: a new build of the library can answer differently.

CREATE FUNCTION @extschema@.model_routable(runtime text, model text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_lookup';
COMMENT ON FUNCTION @extschema@.model_routable(text, text) IS
    'whether the runtime can route the model id; never NULL; see routable.explain() for the reason';

CREATE FUNCTION routable.explain(
    runtime text,
    model text,
    auth_env text[] DEFAULT '{}',
    OUT routable boolean,
    OUT code text,
    OUT reason text,
    OUT provider text,
    OUT matched_by text,
    OUT billing text,
    OUT suggestions text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'explain_wrapper';
COMMENT ON FUNCTION routable.explain(text, text, text[]) IS
    'why the runtime can or cannot route the model id, and through which provider, given the names of the variables that are set';

CREATE FUNCTION routable.derive_provider(runtime text, model text, auth_env text[] DEFAULT '{}') RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'derive_provider_wrapper';
COMMENT ON FUNCTION routable.derive_provider(text, text, text[]) IS
    'the provider that routes the model id on the runtime, given the names of the variables that are set; NULL where none does';

CREATE FUNCTION routable.default_model(runtime text) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'default_model_wrapper';
COMMENT ON FUNCTION routable.default_model(text) IS
    'the model id that a workspace of the runtime starts with; NULL where the runtime is unknown or lists no model';
-- The registry as views, in its declared order.

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

CREATE FUNCTION routable.registry_itself(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'registry_itself_wrapper';
COMMENT ON FUNCTION routable.registry_itself() IS 'internal: the row of the view routable.registry';

CREATE VIEW routable.registry AS SELECT * FROM routable.registry_itself();
COMMENT ON VIEW routable.registry IS 'which registry this library was built with, and how much is in it';
COMMENT ON COLUMN routable.registry.schema_version IS 'of the file''s format';
COMMENT ON COLUMN routable.registry.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.registry.runtimes IS 'how many';
COMMENT ON COLUMN routable.registry.providers IS 'how many';
COMMENT ON COLUMN routable.registry.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.registry.extension_version IS 'of the library';

GRANT SELECT ON routable.runtimes, routable.providers, routable.models, routable.registry TO PUBLIC;
CREATE FUNCTION routable.guard() RETURNS trigger
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'model_routable_guard';
COMMENT ON FUNCTION routable.guard() IS
    'trigger function that refuses a row whose (runtime, model) pair is not routable; routable.attach() puts it on a table';

CREATE FUNCTION routable.can_read(type regtype) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'model_routable_can_read';
COMMENT ON FUNCTION routable.can_read(regtype) IS 'internal: whether a guard can read columns of the type';
-- What a guard is made of: its settings as triggers, constraint and arguments. attach creates what these functions say,
-- and the view routable.guards compares a table with it.

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

-- The arguments of a trigger, as pg_trigger.tgargs has them, by key.
CREATE FUNCTION routable.trigger_settings(arguments bytea) RETURNS jsonb
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_object_agg(split_part(argument, '=', 1), substr(argument, strpos(argument, '=') + 1))
    -- An escaped backslash is written as a number too, so that \000 stands for nothing but the end of an argument.
    FROM unnest(string_to_array(replace(encode(arguments, 'escape'), E'\\\\', E'\\134'), E'\\000')) AS escaped,
        convert_from(decode(escaped, 'escape'), getdatabaseencoding()) AS argument
    WHERE strpos(argument, '=') > 1
$$;
COMMENT ON FUNCTION routable.trigger_settings(bytea) IS 'internal: the arguments of a guard trigger, by key';

-- A call of the lookup for a row, as PostgreSQL shows it in a definition. Columns are prefixed as in "new.".
CREATE FUNCTION routable.lookup_call(
    function regprocedure, target regclass, prefix text, VARIADIC columns name[]
) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%s(%s)', function::regproc, string_agg(
        CASE WHEN atttypid = 'text'::regtype THEN format('%s%I', prefix, attname)
            WHEN prefix = '' THEN format('(%I)::text', attname)
            ELSE format('(%s%I)::text', prefix, attname) END, ', ' ORDER BY position))
    FROM unnest(columns) WITH ORDINALITY AS named (name, position) JOIN pg_attribute ON attname = name
    WHERE attrelid = target AND NOT attisdropped
$$;
COMMENT ON FUNCTION routable.lookup_call(regprocedure, regclass, text, name[]) IS
    'internal: a call of a lookup function for the columns of a table, as PostgreSQL shows it';

-- The triggers of a guard, each in the form of pg_get_triggerdef(), which can be executed as it is.
CREATE FUNCTION routable.trigger_definitions(
    target regclass, settings jsonb, on_insert boolean, before_update boolean
) RETURNS SETOF text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    columns CONSTANT name[] := ARRAY[settings ->> 'runtime', settings ->> 'model'];
    refused CONSTANT text := routable.lookup_call('@extschema@.model_routable(text, text)', target, 'new.', VARIADIC columns);
    relation CONSTANT text := routable.qualified_name(target);
    execute_guard text;
    condition text;
BEGIN
    -- PostgreSQL shows arguments without E'', whatever is in them.
    SELECT format('EXECUTE FUNCTION routable.guard(%s)', string_agg(
            format('''%s''', replace(key || '=' || value, '''', '''''')), ', '
            ORDER BY array_position('{runtime,model,constraint,on_mismatch,unknown_runtime,replicas}', key)))
        INTO execute_guard FROM jsonb_each_text(settings);
    condition := CASE WHEN settings ->> 'unknown_runtime' = 'deny'
        -- Wider than what is refused: the guard itself tells a runtime that is unknown from one that lists no model.
        THEN format('((NOT %s) OR (%s IS NULL))', refused,
            routable.lookup_call('routable.default_model(text)', target, 'new.', columns[1]))
        ELSE format('(NOT %s)', refused) END;
    IF before_update THEN
        RETURN QUERY SELECT
            format('CREATE TRIGGER model_routable BEFORE UPDATE ON %s FOR EACH ROW %s', relation, execute_guard);
    END IF;
    RETURN QUERY SELECT format('CREATE TRIGGER model_routable_final AFTER %sUPDATE ON %s FOR EACH ROW WHEN (%s) %s',
        CASE WHEN on_insert THEN 'INSERT OR ' ELSE '' END, relation, condition, execute_guard);
END
$$;
COMMENT ON FUNCTION routable.trigger_definitions(regclass, jsonb, boolean, boolean) IS
    'internal: the statements that create the triggers of a guard';

-- The CHECK constraints of a table that are guards: those whose whole condition is the lookup.
CREATE FUNCTION routable.guard_constraints(target regclass, OUT name name, OUT definition text, OUT inherited boolean)
    RETURNS SETOF record
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    SET quote_all_identifiers = off
AS $$
    SELECT conname, shown, NOT conislocal FROM pg_constraint,
        -- One that another session dropped meanwhile has no definition any more, and still is what this statement sees.
        coalesce(pg_get_constraintdef(oid), format('CHECK (%s)', pg_get_expr(conbin, conrelid))) AS shown
    WHERE conrelid = target AND contype = 'c'
        AND strpos(shown, format('CHECK (%s(', '@extschema@.model_routable(text, text)'::regprocedure::regproc)) = 1
$$;
COMMENT ON FUNCTION routable.guard_constraints(regclass) IS 'internal: the CHECK constraints of a table that are guards';

-- The tables below a table, as partitions or children, at any depth.
CREATE FUNCTION routable.descendants(target regclass) RETURNS SETOF regclass
    LANGUAGE sql STABLE STRICT
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
-- What attach refuses, and why.
CREATE FUNCTION routable.check_attachable(
    target regclass, runtime_column name, model_column name, on_mismatch text, unknown_runtime text, on_insert boolean,
    before_update boolean, mechanism text, replicas boolean
) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation pg_class;
    attribute record;
    column_name name;
    setting text;
    choices text;
BEGIN
    IF num_nulls(target, runtime_column, model_column, on_mismatch, unknown_runtime, on_insert, before_update, mechanism,
            replicas) > 0 THEN
        RAISE EXCEPTION 'the table to guard and its settings must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT format('%s: "%s"', name, value), allowed INTO setting, choices
        FROM (VALUES ('on_mismatch', on_mismatch, 'raise, warn or reset'), ('unknown_runtime', unknown_runtime, 'allow or deny'),
            ('mechanism', mechanism, 'trigger or check')) AS given (name, value, allowed)
        WHERE value <> ALL (regexp_split_to_array(allowed, ', | or ')) LIMIT 1;
    IF setting IS NOT NULL THEN
        RAISE EXCEPTION 'invalid value for the setting %', setting
            USING ERRCODE = 'invalid_parameter_value', HINT = format('It can be %s.', choices);
    END IF;

    SELECT * INTO STRICT relation FROM pg_class WHERE oid = target;
    IF relation.relkind NOT IN ('r', 'p', 'f') THEN
        RAISE EXCEPTION 'relation "%" is not a table', relation.relname
            USING ERRCODE = 'wrong_object_type',
                DETAIL = 'The guard is a row trigger BEFORE and AFTER the write, which only tables have.',
                HINT = 'Guard the table into which the rows are written.';
    END IF;
    IF NOT pg_has_role(relation.relowner, 'USAGE') THEN
        RAISE EXCEPTION 'must be owner of table %', relation.relname USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM routable.check_not_inherited(target);

    IF mechanism = 'check' THEN
        setting := CASE WHEN on_mismatch <> 'raise' THEN 'on_mismatch' WHEN unknown_runtime <> 'allow' THEN 'unknown_runtime'
            WHEN NOT on_insert THEN 'on_insert' WHEN NOT before_update THEN 'before_update'
            WHEN replicas THEN 'replicas' END;
        IF setting IS NOT NULL THEN
            RAISE EXCEPTION 'a CHECK constraint cannot express the setting %', setting
                USING ERRCODE = 'feature_not_supported',
                    DETAIL = 'It refuses whatever is not routable, on every write, on replicas as well.',
                    HINT = 'Leave the setting out, or use mechanism => ''trigger''.';
        END IF;
        IF relation.relkind = 'f' THEN
            RAISE EXCEPTION 'PostgreSQL does not enforce a CHECK constraint of the foreign table "%"', relation.relname
                USING ERRCODE = 'feature_not_supported', HINT = 'Use mechanism => ''trigger'', or guard the remote table.';
        END IF;
    ELSIF on_mismatch = 'reset' AND NOT before_update THEN
        RAISE EXCEPTION 'on_mismatch => ''reset'' needs before_update => true' USING ERRCODE = 'invalid_parameter_value',
            DETAIL = 'Only a trigger BEFORE the update can give the row another model.';
    ELSIF NOT on_insert AND relation.relkind = 'p' THEN
        RAISE EXCEPTION 'on_insert => false cannot guard the partitioned table "%"', relation.relname
            USING ERRCODE = 'feature_not_supported',
                DETAIL = 'An UPDATE that moves a row to another partition inserts it there.';
    END IF;

    IF runtime_column = model_column THEN
        RAISE EXCEPTION 'the runtime and the model cannot both be in column "%"', runtime_column
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOREACH column_name IN ARRAY ARRAY[runtime_column, model_column] LOOP
        SELECT atttypid, attgenerated, format_type(atttypid, atttypmod) AS type_name INTO attribute FROM pg_attribute
            WHERE attrelid = target AND attname = column_name AND attnum > 0 AND NOT attisdropped;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', column_name, relation.relname
                USING ERRCODE = 'undefined_column',
                    HINT = 'Name the columns: SELECT routable.attach(table, runtime_column => ..., model_column => ...).';
        ELSIF NOT routable.can_read(attribute.atttypid) THEN
            RAISE EXCEPTION 'column "%" of relation "%" has type %, which the guard cannot read',
                    column_name, relation.relname, attribute.type_name
                USING ERRCODE = 'datatype_mismatch',
                    DETAIL = 'The guard reads text, varchar, char(n), citext, name, enums without a cast to text, and domains over these.';
        ELSIF attribute.attgenerated = 'v' AND mechanism = 'trigger' THEN
            RAISE EXCEPTION 'column "%" of relation "%" is a virtual generated column, which triggers cannot read',
                    column_name, relation.relname
                USING ERRCODE = 'feature_not_supported', HINT = 'Use mechanism => ''check''.';
        ELSIF attribute.attgenerated = 's' AND mechanism = 'trigger' AND before_update THEN
            RAISE EXCEPTION 'column "%" of relation "%" is generated and cannot be guarded before it is computed',
                    column_name, relation.relname
                USING ERRCODE = 'feature_not_supported',
                    HINT = 'Use before_update => false, which judges the row after it is computed.';
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.check_attachable(regclass, name, name, text, text, boolean, boolean, text, boolean) IS
    'internal: raises an error where routable.attach() cannot guard the table with these settings';

-- A partition or child whose guard comes from above has to be changed there.
CREATE FUNCTION routable.check_not_inherited(target regclass) RETURNS void
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    root regclass;
BEGIN
    IF EXISTS (SELECT FROM pg_trigger
            WHERE tgrelid = target AND tgfoid = 'routable.guard()'::regprocedure AND tgparentid <> 0) THEN
        -- The root of a trigger is the ancestor that has it of its own.
        SELECT relid INTO root FROM pg_partition_ancestors(target)
            WHERE EXISTS (SELECT FROM pg_trigger
                WHERE tgrelid = relid AND tgfoid = 'routable.guard()'::regprocedure AND tgparentid = 0);
    ELSIF EXISTS (SELECT FROM routable.guard_constraints(target) WHERE inherited) THEN
        SELECT relid INTO root FROM (
            SELECT relid FROM pg_partition_ancestors(target)
            UNION SELECT inhparent FROM pg_inherits WHERE inhrelid = target) AS above
            WHERE EXISTS (SELECT FROM routable.guard_constraints(relid) WHERE NOT inherited);
    ELSE
        RETURN;
    END IF;
    RAISE EXCEPTION 'the guard of relation "%" comes from %', (SELECT relname FROM pg_class WHERE oid = target), root
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = format('Attach or detach the guard there: %s.', root);
END
$$;
COMMENT ON FUNCTION routable.check_not_inherited(regclass) IS
    'internal: raises an error where the guard of the table comes from a table above it';
-- Keeps other sessions from changing the table's definition until the transaction ends, and lets them read and write it:
-- without it, a guard could be found in place that another session is about to take off. What may not be locked here is
-- refused with a better message by what comes next; PostgreSQL cannot lock foreign tables.
CREATE FUNCTION routable.lock_definition(target regclass) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE oid = target AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')) THEN
        EXECUTE format('LOCK TABLE ONLY %s IN SHARE UPDATE EXCLUSIVE MODE', routable.qualified_name(target));
    END IF;
END
$$;
COMMENT ON FUNCTION routable.lock_definition(regclass) IS
    'internal: keeps other sessions from changing the definition of a table until the transaction ends';

-- Drops whatever guards a table by itself, and tells how much that was.
CREATE FUNCTION routable.drop_guard(target regclass) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
    part record;
    dropped integer := 0;
BEGIN
    FOR part IN
        SELECT format('DROP TRIGGER %I ON %s', tgname, relation) AS statement FROM pg_trigger
            WHERE tgrelid = target AND tgfoid = 'routable.guard()'::regprocedure AND tgparentid = 0
        UNION ALL
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', relation, name) FROM routable.guard_constraints(target)
            WHERE NOT inherited
    LOOP
        EXECUTE part.statement;
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
COMMENT ON FUNCTION routable.drop_guard(regclass) IS
    'internal: drops the triggers that call routable.guard() and the constraint of a guard from a table; tells how many';

CREATE FUNCTION routable.detach(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to detach the guard from must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM routable.lock_definition(target);
    PERFORM routable.check_not_inherited(target);
    IF routable.drop_guard(target) = 0 THEN
        RAISE NOTICE 'relation "%" has no guard to detach', (SELECT relname FROM pg_class WHERE oid = target);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass) IS
    'takes the guard off a table: drops every trigger on it that calls routable.guard(), and the constraint of a guard';
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
-- Tells who installs the extension how to guard the tables that look like what it is for. It never guards by itself.
DO $$
DECLARE
    candidates text[];
BEGIN
    -- The script runs under a search_path of its own, so every schema counts and not only the caller's path.
    SELECT array_agg(format('SELECT routable.attach(%L);', format('%I.%I', n.nspname, c.relname)) ORDER BY n.nspname)
        INTO candidates
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'workspaces' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND n.nspname !~ '^pg_'
            AND 2 = (SELECT count(*) FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname IN ('runtime', 'model') AND NOT a.attisdropped);
    -- CREATE EXTENSION raises the threshold to warning for its script; somebody who asked for errors only stays spared.
    IF candidates IS NOT NULL AND pg_catalog.current_setting('client_min_messages') = 'warning' THEN
        SET LOCAL client_min_messages = notice;
        IF pg_catalog.cardinality(candidates) = 1 THEN
            RAISE NOTICE 'a table "workspaces" is not guarded yet' USING HINT = 'To guard it: ' || candidates[1];
        ELSE
            RAISE NOTICE '% tables named "workspaces" are not guarded yet', pg_catalog.cardinality(candidates)
                USING HINT = 'To guard the first: ' || candidates[1];
        END IF;
    END IF;
END
$$;
