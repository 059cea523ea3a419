\echo Use "ALTER EXTENSION model_routable UPDATE TO '0.3.0'" to load this file. \quit

-- Written by scripts/update_script.sh, of the files in sql and of sql/updates/sql.sql.
SET LOCAL search_path = pg_catalog, pg_temp;

-- The functions of the edition go, and come back as the extension's; those on which triggers, constraints or views depend stay to be
-- replaced.
DO $$
DECLARE
    former regprocedure;
BEGIN
    FOR former IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'routable'::regnamespace LOOP
        BEGIN
            EXECUTE format('DROP FUNCTION %s', former);
        EXCEPTION WHEN dependent_objects_still_exist THEN
            NULL;
        END;
    END LOOP;
END
$$;
-- The table is made anew, since its former owner could have put triggers on it.
ALTER TABLE routable.release_store RENAME TO edition_store;
DO $$
DECLARE
    former name;
BEGIN
    -- From 18 on, those that say NOT NULL have names too.
    FOR former IN SELECT conname FROM pg_constraint WHERE conrelid = 'routable.edition_store'::regclass LOOP
        EXECUTE format('ALTER TABLE routable.edition_store RENAME CONSTRAINT %I TO %I', former, 'former_' || former);
    END LOOP;
END
$$;

-- The lookup. STABLE and not IMMUTABLE: a new build of the library can answer differently.

CREATE OR REPLACE FUNCTION @extschema@.model_routable(runtime text, model text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_lookup';
COMMENT ON FUNCTION @extschema@.model_routable(text, text) IS
    'whether the runtime can route the model id; never NULL; see routable.explain() for the reason';

-- The same function where nobody but the extension's owner can put another: the schema above has an owner of its own, who
-- can rename it, or offer functions of the same name.
CREATE OR REPLACE FUNCTION routable.model_routable(runtime text, model text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_lookup';
COMMENT ON FUNCTION routable.model_routable(text, text) IS
    'the same as model_routable(), in a schema whose owner is the extension''s';

-- For the WHEN of a guard that is stricter than the lookup.
CREATE OR REPLACE FUNCTION routable.passes(runtime text, model text, unknown_runtime text, near_miss text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_passes';
COMMENT ON FUNCTION routable.passes(text, text, text, text) IS
    'whether a guard with these settings lets the pair pass and says nothing: neither refuses it nor warns of it';

CREATE OR REPLACE FUNCTION routable.explain(
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

CREATE OR REPLACE FUNCTION routable.derive_provider(runtime text, model text, auth_env text[] DEFAULT '{}') RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'derive_provider_wrapper';
COMMENT ON FUNCTION routable.derive_provider(text, text, text[]) IS
    'the provider that routes the model id on the runtime, given the names of the variables that are set; NULL where none does';

CREATE OR REPLACE FUNCTION routable.default_model(runtime text) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'default_model_wrapper';
COMMENT ON FUNCTION routable.default_model(text) IS
    'the model id that a workspace of the runtime starts with; NULL where the runtime is unknown or lists no model';
-- The rows of the views over the registry (views.sql), in its declared order.

CREATE OR REPLACE FUNCTION routable.registry_runtimes(
    OUT runtime text, OUT display_name text, OUT default_model text, OUT models bigint, OUT providers bigint
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 10
    AS 'MODULE_PATHNAME', 'registry_runtimes_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_runtimes() IS 'internal: the rows of the view routable.runtimes';

CREATE OR REPLACE FUNCTION routable.registry_providers(
    OUT provider text, OUT display_name text, OUT billing text, OUT auth_env text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'registry_providers_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_providers() IS 'internal: the rows of the view routable.providers';

CREATE OR REPLACE FUNCTION routable.listed_models(
    OUT runtime text, OUT model text, OUT provider text, OUT billing text, OUT status text, OUT pattern text, OUT retires date,
    OUT since date, OUT replacement text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 100
    AS 'MODULE_PATHNAME', 'registry_models_0_3_wrapper';
COMMENT ON FUNCTION routable.listed_models() IS 'internal: the rows of the view routable.models';

-- The columns that the view had before come first, since a view is replaced by one that has more.
CREATE OR REPLACE FUNCTION routable.registry_in_force(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text, OUT source text, OUT release integer, OUT released_at timestamptz, OUT released_by text,
    OUT note text, OUT built_in_sha256 text, OUT external_runtimes text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'registry_itself_0_3_wrapper';
COMMENT ON FUNCTION routable.registry_in_force() IS 'internal: the row of the view routable.registry';
-- The registry as views, in its declared order, and the registry in force as one row.

CREATE OR REPLACE VIEW routable.runtimes AS SELECT * FROM routable.registry_runtimes();
COMMENT ON VIEW routable.runtimes IS 'the runtimes of the registry, and the model that each starts with';
COMMENT ON COLUMN routable.runtimes.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.runtimes.display_name IS 'for people; may be missing';
COMMENT ON COLUMN routable.runtimes.default_model IS 'what a workspace starts with';
COMMENT ON COLUMN routable.runtimes.models IS 'how many ids can be selected';
COMMENT ON COLUMN routable.runtimes.providers IS 'how many providers it can use';

CREATE OR REPLACE VIEW routable.providers AS SELECT * FROM routable.registry_providers();
COMMENT ON VIEW routable.providers IS 'the providers of the registry: who bills, and which variables authenticate';
COMMENT ON COLUMN routable.providers.provider IS 'its name in the registry';
COMMENT ON COLUMN routable.providers.display_name IS 'for people';
COMMENT ON COLUMN routable.providers.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.providers.auth_env IS 'variables, of which one is needed';

-- What an earlier version had comes first, since a view is replaced by one that has more.
CREATE OR REPLACE VIEW routable.models AS SELECT * FROM routable.listed_models();
COMMENT ON VIEW routable.models IS
    'what each runtime takes: a row for each model id that it lists, and one for each pattern that it routes by';
COMMENT ON COLUMN routable.models.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.models.model IS 'an id that the provider lists';
COMMENT ON COLUMN routable.models.provider IS 'as in routable.providers';
COMMENT ON COLUMN routable.models.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.models.status IS 'default, offered or withdrawn';
COMMENT ON COLUMN routable.models.pattern IS 'matches ids that are not listed';
COMMENT ON COLUMN routable.models.retires IS 'the day on which the vendor retires the id';
COMMENT ON COLUMN routable.models.since IS 'the day since which it is withdrawn';
COMMENT ON COLUMN routable.models.replacement IS 'the id to use instead';

CREATE OR REPLACE VIEW routable.registry AS SELECT * FROM routable.registry_in_force();
COMMENT ON VIEW routable.registry IS 'which registry is in force, where it comes from, and how much is in it';
COMMENT ON COLUMN routable.registry.schema_version IS 'of the file''s format';
COMMENT ON COLUMN routable.registry.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.registry.runtimes IS 'how many';
COMMENT ON COLUMN routable.registry.providers IS 'how many';
COMMENT ON COLUMN routable.registry.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.registry.extension_version IS 'of the library';
COMMENT ON COLUMN routable.registry.source IS 'built in, or release';
COMMENT ON COLUMN routable.registry.release IS 'the number of the last release; NULL if there is none';
COMMENT ON COLUMN routable.registry.released_at IS 'when that was';
COMMENT ON COLUMN routable.registry.released_by IS 'the role that released it';
COMMENT ON COLUMN routable.registry.note IS 'what that role said about it';
COMMENT ON COLUMN routable.registry.built_in_sha256 IS 'of the file that the library was built with';
COMMENT ON COLUMN routable.registry.external_runtimes IS 'runtimes whose models it does not judge';
CREATE OR REPLACE FUNCTION routable.guard() RETURNS trigger
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'model_routable_guard';
COMMENT ON FUNCTION routable.guard() IS
    'trigger function that refuses a row whose (runtime, model) pair is not routable; routable.attach() puts it on a table';

CREATE OR REPLACE FUNCTION routable.can_read(type regtype) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'model_routable_can_read';
COMMENT ON FUNCTION routable.can_read(regtype) IS 'internal: whether a guard can read columns of the type';

-- What the functions in SQL ask of the guard, so that its own reading decides and not a second one.

CREATE OR REPLACE FUNCTION routable.guard_settings(
    trigger text,
    arguments bytea,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT replicas boolean,
    OUT fault text
) RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'guard_settings_wrapper';
COMMENT ON FUNCTION routable.guard_settings(text, bytea) IS
    'internal: the settings in pg_trigger.tgargs, or the fault for which every call of the trigger is an error';

CREATE OR REPLACE FUNCTION routable.expression_outline(expression pg_node_tree) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'expression_outline_wrapper';
COMMENT ON FUNCTION routable.expression_outline(pg_node_tree) IS
    'internal: a stored expression with functions by OID and columns by number; NULL if it has a part that no guard has';

CREATE OR REPLACE FUNCTION routable.column_text(value "any") RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'column_text_wrapper';
COMMENT ON FUNCTION routable.column_text("any") IS
    'a column''s value as a guard reads it: no cast or operator of the type''s owner takes part';
-- Names and places of tables, as messages and statements give them.

-- Called if no table was named, and the caller's search_path has no table "workspaces".
CREATE OR REPLACE FUNCTION routable.no_workspaces() RETURNS regclass
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'relation "workspaces" does not exist'
        USING ERRCODE = 'undefined_table', HINT = 'Give the name of the table as the first argument.';
END
$$;
COMMENT ON FUNCTION routable.no_workspaces() IS 'internal: raises an error if no table was named and there is no table workspaces';

-- The constraint name that the errors of a guard report. It fits into an identifier, and no other constraint of the table has
-- it: <table>_model_routable for the first guard of a table, and <table>_<model column>_model_routable for others.
CREATE OR REPLACE FUNCTION routable.choose_constraint_name(target regclass, model_column name) RETURNS name
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    longest CONSTANT integer := current_setting('max_identifier_length')::integer;
    suffixes CONSTANT text[] := ARRAY['_model_routable', format('_%s_model_routable', routable.cut(model_column, 33))];
    suffix text := suffixes[1];
    stem text;
BEGIN
    FOR attempt IN 1 .. 1000 LOOP
        stem := routable.cut((SELECT relname FROM pg_class WHERE oid = target), longest - octet_length(suffix));
        EXIT WHEN NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = target AND conname = stem || suffix)
            AND NOT EXISTS (SELECT FROM routable.guard_triggers(target) t WHERE t.constraint_name = stem || suffix);
        suffix := suffixes[2] || CASE WHEN attempt > 1 THEN (attempt - 1)::text ELSE '' END;
    END LOOP;
    RETURN stem || suffix;
END
$$;
COMMENT ON FUNCTION routable.choose_constraint_name(regclass, name) IS
    'internal: the constraint name under which a guard of the table reports its refusals';

CREATE OR REPLACE FUNCTION routable.cut(name text, bytes integer) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    WHILE octet_length(name) > bytes LOOP
        name := left(name, -1);
    END LOOP;
    RETURN name;
END
$$;
COMMENT ON FUNCTION routable.cut(text, integer) IS 'internal: the beginning of a name that takes at most so many bytes';

-- The table's name with its schema, as PostgreSQL shows it in definitions. From version 15 on, it shows the temporary schema
-- of this session as pg_temp.
CREATE OR REPLACE FUNCTION routable.qualified_name(target regclass) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%I.%I', CASE WHEN relnamespace = pg_my_temp_schema()
                AND current_setting('server_version_num')::integer >= 150000 THEN 'pg_temp' ELSE nspname END, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE pg_class.oid = target
$$;
COMMENT ON FUNCTION routable.qualified_name(regclass) IS 'internal: the name of a table with its schema, as PostgreSQL shows it';

-- The tables below a table, as partitions or children, at any depth.
CREATE OR REPLACE FUNCTION routable.descendants(target regclass) RETURNS SETOF regclass
    LANGUAGE sql STABLE STRICT ROWS 10
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

-- The first foreign table among a table and the tables below it. PostgreSQL has no constraint triggers on foreign tables, and
-- does not enforce their CHECKs.
CREATE OR REPLACE FUNCTION routable.foreign_table(target regclass) RETURNS name
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT min(relname) FROM pg_class
    WHERE relkind = 'f' AND oid IN (SELECT target UNION ALL SELECT routable.descendants(target))
$$;
COMMENT ON FUNCTION routable.foreign_table(regclass) IS 'internal: the name of a foreign table among a table and those below it';

-- The number of a column. NULL if no column has this name.
CREATE OR REPLACE FUNCTION routable.column_number(target regclass, name text) RETURNS smallint
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT attnum FROM pg_attribute WHERE attrelid = target AND attname = name AND attnum > 0 AND NOT attisdropped
$$;
COMMENT ON FUNCTION routable.column_number(regclass, text) IS 'internal: the number of a column of a table, by its name';

-- A trigger with wrong arguments has NULL in place of a column. Then the guard lacks one.
CREATE OR REPLACE FUNCTION routable.lacks_a_column(target regclass, runtime_column text, model_column text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT routable.column_number(target, runtime_column) IS NULL OR routable.column_number(target, model_column) IS NULL
$$;
COMMENT ON FUNCTION routable.lacks_a_column(regclass, text, text) IS 'internal: whether a column that a guard names is gone';

-- The OID of a dropped table can still be in an argument, or in another session's snapshot.
CREATE OR REPLACE FUNCTION routable.check_exists(target regclass) RETURNS void
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = target) THEN
        RAISE EXCEPTION 'relation with OID % does not exist', target::oid USING ERRCODE = 'undefined_table';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.check_exists(regclass) IS 'internal: raises an error if there is no such table';
-- The lookup by what the extension owns, wherever its schema was renamed to. First comes the one in the extension's schema.
CREATE OR REPLACE FUNCTION routable.lookup_functions() RETURNS SETOF regprocedure
    LANGUAGE sql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT objid::regprocedure FROM pg_depend JOIN pg_extension ON pg_extension.oid = refobjid JOIN pg_proc ON pg_proc.oid = objid
    WHERE refclassid = 'pg_extension'::regclass AND classid = 'pg_proc'::regclass AND deptype = 'e'
        AND extname = 'model_routable' AND proname = 'model_routable' AND proargtypes = '25 25'
    ORDER BY pronamespace = 'routable'::regnamespace
$$;
COMMENT ON FUNCTION routable.lookup_functions() IS 'internal: the functions that are the lookup, by what the extension owns';
-- What calls the lookup: conditions of triggers and constraints, told by what they are bound to. Names are no evidence: a renamed
-- column, a cast or an overload reads the same in a definition. So functions count by their OIDs, and columns by their numbers.

-- The name by which a statement calls the lookup. Another function of the same name beside it, with arguments that have
-- defaults, would make that name ambiguous; in schema routable nobody can put one.
CREATE OR REPLACE FUNCTION routable.lookup_name() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%I.%I', nspname, proname)
    FROM routable.lookup_functions() WITH ORDINALITY AS lookup (function, position)
        JOIN pg_proc p ON p.oid = function JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM pg_proc other
        WHERE other.pronamespace = p.pronamespace AND other.proname = p.proname AND other.oid <> p.oid)
    ORDER BY position LIMIT 1
$$;
COMMENT ON FUNCTION routable.lookup_name() IS 'internal: how a statement calls the lookup, whatever stands beside it';

-- A stored expression with the extension's functions by name, and all else by OID and number: see the function's comment. Long
-- ones are not read: no guard has one, and PostgreSQL's own reading of them can end in an error.
CREATE OR REPLACE FUNCTION routable.condition(expression pg_node_tree) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(outline,
            format('[[:<:]](%s)[(]', (SELECT string_agg(function::oid::text, '|') FROM routable.lookup_functions() AS function)),
            'model_routable(', 'g'),
            format('[[:<:]]%s[(]', 'routable.default_model(text)'::regprocedure::oid), 'default_model(', 'g'),
            format('[[:<:]]%s[(]', 'routable.passes(text,text,text,text)'::regprocedure::oid), 'passes(', 'g')
    FROM (SELECT CASE WHEN octet_length(expression::text) <= 16384 THEN routable.expression_outline(expression) END) AS read (outline)
$$;
COMMENT ON FUNCTION routable.condition(pg_node_tree) IS
    'internal: the condition of a trigger or a constraint, with columns by number; NULL if it has a part that no guard has';

-- The numbers of the two columns that a condition of a guard reads; NULL if it is another condition.
CREATE OR REPLACE FUNCTION routable.columns_of_condition(condition text) RETURNS smallint[]
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT regexp_match(condition, '^(?:not|or)[(](?:not[(])?(?:model_routable|passes)[(]2[.]([0-9]+),2[.]([0-9]+)[,)]')::smallint[]
$$;
COMMENT ON FUNCTION routable.columns_of_condition(text) IS
    'internal: the numbers of the columns that a condition reads, as routable.condition() shows it';

-- The conditions under which the last word of a guard has to be called, the one that attach creates first. A wider one calls
-- it more often, and passes as much.
CREATE OR REPLACE FUNCTION routable.wanted_conditions(runtime smallint, model smallint, unknown_runtime text, near_miss text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH lookup (condition) AS (SELECT format('not(model_routable(2.%s,2.%s))', runtime, model)),
        stricter (condition, is_wanted) AS (
            SELECT format('not(passes(2.%s,2.%s,''%s'',''%s''))', runtime, model, unknown, near),
                unknown = unknown_runtime AND near = near_miss
            FROM unnest(ARRAY['allow', 'deny']) AS unknown, unnest(ARRAY['allow', 'warn', 'deny']) AS near
            WHERE (unknown = 'deny' OR unknown_runtime = 'allow') AND (near <> 'allow' OR near_miss = 'allow')
        ),
        accepted (condition, is_wanted) AS (
            SELECT condition, true FROM lookup WHERE unknown_runtime = 'allow' AND near_miss = 'allow'
            UNION ALL
            SELECT condition, is_wanted AND (unknown_runtime <> 'allow' OR near_miss <> 'allow') FROM stricter
            UNION ALL
            -- As 0.2.0 created it. The guard itself tells a runtime that is unknown from one that lists no model.
            SELECT format('or(%s,isnull(default_model(2.%s)))', condition, runtime), false FROM lookup WHERE near_miss = 'allow'
        )
    SELECT array_agg(condition ORDER BY is_wanted DESC, condition) FROM accepted
$$;
COMMENT ON FUNCTION routable.wanted_conditions(smallint, smallint, text, text) IS
    'internal: what the condition of the last word can be, as routable.condition() shows it';
-- The triggers of a guard: those that a table has, and those that attach creates.

-- The triggers of a table that call routable.guard(), each with its settings and its faults. "error" is set if every write
-- that the trigger judges is an error, and "gap" if the trigger lets a pair pass that it should judge. "judged" has the
-- columns that the condition reads, if the arguments name others.
CREATE OR REPLACE FUNCTION routable.guard_triggers(
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
CREATE OR REPLACE FUNCTION routable.trigger_description(
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
CREATE OR REPLACE FUNCTION routable.trigger_settings(
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
CREATE OR REPLACE FUNCTION routable.choose_trigger_name(target regclass, runtime_column name, model_column name, replaced name[]) RETURNS name
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
CREATE OR REPLACE FUNCTION routable.wanted_triggers(
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
CREATE OR REPLACE FUNCTION routable.has_triggers(
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
CREATE OR REPLACE FUNCTION routable.triggers_to_enable(target regclass, triggers name[], always boolean, OUT statement text) RETURNS SETOF text
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

CREATE OR REPLACE FUNCTION routable.create_triggers(
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
-- Guards that are CHECK constraints. The whole condition is a call of the lookup with two columns.
CREATE OR REPLACE FUNCTION routable.constraint_guards(
    target regclass, OUT constraint_oid oid, OUT name name, OUT runtime_column name, OUT model_column name,
    OUT inherited boolean, OUT validated boolean, OUT enforced boolean, OUT attached_to text
) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.oid, conname, runtime.attname, model.attname, NOT conislocal, convalidated,
        -- PostgreSQL 18 added the column.
        coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true),
        -- The names that the columns had then. If a column is renamed, the constraint follows it without a message.
        substring(obj_description(c.oid, 'pg_constraint') FROM '^refuses a row whose [(](.*)[)] pair is not routable$')
    FROM pg_constraint c
        CROSS JOIN LATERAL regexp_match(routable.condition(conbin), '^model_routable[(]1[.]([0-9]+),1[.]([0-9]+)[)]$') AS columns
        JOIN pg_attribute runtime ON runtime.attrelid = target AND runtime.attnum = columns[1]::smallint
        JOIN pg_attribute model ON model.attrelid = target AND model.attnum = columns[2]::smallint
    WHERE conrelid = target AND contype = 'c' AND EXISTS (SELECT FROM pg_depend
        WHERE classid = 'pg_constraint'::regclass AND objid = c.oid AND refclassid = 'pg_proc'::regclass
            AND refobjid IN (SELECT function::oid FROM routable.lookup_functions() AS function))
    ORDER BY conname
$$;
COMMENT ON FUNCTION routable.constraint_guards(regclass) IS 'internal: the CHECK constraints of a table that are guards';

-- The tables below a table that lack a constraint which they should have inherited. PostgreSQL 17 and later drop it from a
-- single partition or child, if an ALTER COLUMN ... SET EXPRESSION rewrites that table.
CREATE OR REPLACE FUNCTION routable.lost_constraints(target regclass, constraint_name name) RETURNS SETOF regclass
    LANGUAGE sql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT inhrelid::regclass FROM pg_inherits
    WHERE inhrelid IN (SELECT routable.descendants(target))
        AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = target AND conname = constraint_name AND NOT connoinherit)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = inhrelid AND conname = constraint_name)
$$;
COMMENT ON FUNCTION routable.lost_constraints(regclass, name) IS
    'internal: partitions and children that lack a constraint of the table above them';

-- Puts a lost constraint back. An ALTER COLUMN ... TYPE with the type that the column already has creates the constraints
-- that read the column again, also on the tables below, and does not rewrite the table. False if PostgreSQL refuses this, as
-- it does if a view uses the column.
CREATE OR REPLACE FUNCTION routable.restore_constraint(target regclass, constraint_name name) RETURNS boolean
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
    touched record;
BEGIN
    IF NOT EXISTS (SELECT FROM routable.lost_constraints(target, constraint_name)) THEN
        RETURN true;
    END IF;
    SELECT attname, format_type(atttypid, atttypmod) AS type_name, attstorage, typstorage,
            CASE WHEN attcollation <> typcollation THEN format('COLLATE %I.%I', nspname, collname) END AS collation INTO touched
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) JOIN pg_type ON pg_type.oid = atttypid
            LEFT JOIN pg_collation ON pg_collation.oid = attcollation LEFT JOIN pg_namespace ON pg_namespace.oid = collnamespace
        WHERE conrelid = target AND conname = constraint_name ORDER BY attgenerated <> '', attnum LIMIT 1;
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s %s', relation, touched.attname, touched.type_name, touched.collation);
    IF touched.attstorage <> touched.typstorage THEN
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', relation, touched.attname,
            CASE touched.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END);
    END IF;
    RAISE NOTICE 'constraint "%" is put back on tables below relation "%" that PostgreSQL had dropped it from',
        constraint_name, (SELECT relname FROM pg_class WHERE oid = target);
    RETURN true;
EXCEPTION WHEN feature_not_supported OR dependent_objects_still_exist THEN
    RETURN false;
END
$$;
COMMENT ON FUNCTION routable.restore_constraint(regclass, name) IS
    'internal: puts a constraint back on the partitions and children that lost it; returns whether they have it now';

CREATE OR REPLACE FUNCTION routable.drop_constraint(target regclass, constraint_name name) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT routable.restore_constraint(target, constraint_name) THEN
        RAISE EXCEPTION 'constraint "%" of relation "%" cannot be dropped',
                constraint_name, (SELECT relname FROM pg_class WHERE oid = target)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('PostgreSQL dropped it from "%s" alone, when a column got another expression there.',
                    (SELECT lost FROM routable.lost_constraints(target, constraint_name) AS lost LIMIT 1)),
                HINT = 'Drop the views, rules and trigger conditions that use the guarded columns, and try again.';
    END IF;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', routable.qualified_name(target), constraint_name);
END
$$;
COMMENT ON FUNCTION routable.drop_constraint(regclass, name) IS 'internal: drops the constraint of a guard from a table and those below it';

-- The comment of a guard's constraint, which has the columns that it was attached to.
CREATE OR REPLACE FUNCTION routable.attached_to(runtime_column text, model_column text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%I, %I', runtime_column, model_column)
$$;
COMMENT ON FUNCTION routable.attached_to(text, text) IS 'internal: the columns of a guard, as the comment of its constraint names them';

-- Whether a table and all tables below it have the constraint of a guard on these columns, and none has a trigger of that
-- guard.
CREATE OR REPLACE FUNCTION routable.has_constraint(target regclass, runtime_column text, model_column text) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT triggers = '{}' AND EXISTS (SELECT FROM routable.constraint_guards(target) AS own
            WHERE own.runtime_column = has_constraint.runtime_column AND own.model_column = has_constraint.model_column
                AND coalesce(own.attached_to = routable.attached_to(own.runtime_column, own.model_column), true)
                AND own.enforced AND NOT EXISTS (SELECT FROM routable.lost_constraints(target, own.name)))
    FROM routable.parts_to_replace(target, has_constraint.runtime_column::name, has_constraint.model_column::name)
$$;
COMMENT ON FUNCTION routable.has_constraint(regclass, text, text) IS
    'internal: whether a table is guarded by a CHECK constraint on these columns';

CREATE OR REPLACE FUNCTION routable.create_constraint(target regclass, constraint_name name, runtime_column name, model_column name)
    RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
BEGIN
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s(%I::text, %I::text)) NOT VALID',
        relation, constraint_name, routable.lookup_name(), runtime_column, model_column);
    EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', constraint_name, relation,
        format('refuses a row whose (%s) pair is not routable', routable.attached_to(runtime_column, model_column)));
    IF NOT routable.has_constraint(target, runtime_column, model_column) THEN
        RAISE EXCEPTION 'relation "%" is not guarded as it should be', (SELECT relname FROM pg_class WHERE oid = target)
            USING ERRCODE = 'object_in_use', DETAIL = 'Its definition was changed at the same time.', HINT = 'Try again.';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.create_constraint(regclass, name, name, name) IS 'internal: creates the constraint of a guard';
-- The triggers and constraints of a table's guards. A table can have several guards, one for each pair of columns.

CREATE OR REPLACE FUNCTION routable.parts_of_guards(
    target regclass, runtime_column name, model_column name, OUT triggers name[], OUT constraints name[]
) RETURNS record
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT t.name FROM routable.guard_triggers(target) t WHERE NOT t.cloned
            AND (parts_of_guards.runtime_column IS NULL OR t.runtime_column = parts_of_guards.runtime_column)
            AND (parts_of_guards.model_column IS NULL OR t.model_column = parts_of_guards.model_column)),
        ARRAY(SELECT c.name FROM routable.constraint_guards(target) c WHERE NOT c.inherited
            AND (parts_of_guards.runtime_column IS NULL OR c.runtime_column = parts_of_guards.runtime_column)
            AND (parts_of_guards.model_column IS NULL OR c.model_column = parts_of_guards.model_column))
$$;
COMMENT ON FUNCTION routable.parts_of_guards(regclass, name, name) IS
    'internal: the triggers and constraints of a table that guard these columns; NULL stands for any column';

-- The parts that attach replaces: the guard of the same columns; triggers with wrong arguments, which guard nothing; and the
-- guard of a column that is gone, if it is certain which guard was meant. Other guards of missing columns stay. Every write
-- is an error until each of them is attached again or detached, so no table loses a guard without a message.
CREATE OR REPLACE FUNCTION routable.parts_to_replace(
    target regclass, runtime_column name, model_column name, OUT triggers name[], OUT constraints name[]
) RETURNS record
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH guard AS MATERIALIZED (
        SELECT t.runtime_column, t.model_column, array_agg(t.name) FILTER (WHERE NOT t.cloned) AS names,
            t.runtime_column = parts_to_replace.runtime_column AND t.model_column = parts_to_replace.model_column AS is_same,
            routable.lacks_a_column(target, t.runtime_column, t.model_column) AS is_lost,
            -- The column was renamed. The condition follows a renamed column.
            bool_or(routable.columns_of_condition(t.condition)
                = ARRAY[routable.column_number(target, parts_to_replace.runtime_column),
                    routable.column_number(target, parts_to_replace.model_column)]) AS reads_these,
            -- The column was dropped. Its trigger with the last word was dropped too.
            bool_and(t.type & 2 = 2) AS has_no_last_word
        FROM routable.guard_triggers(target) t GROUP BY t.runtime_column, t.model_column
    ), replaced AS (
        SELECT names FROM guard
        WHERE runtime_column IS NULL OR is_same OR is_lost AND NOT EXISTS (SELECT FROM guard WHERE is_same)
            AND (reads_these OR has_no_last_word AND (model_column = parts_to_replace.model_column
                OR 1 = (SELECT count(*) FROM guard WHERE is_lost)))
    )
    SELECT ARRAY(SELECT unnest(names) FROM replaced),
        ARRAY(SELECT c.name FROM routable.constraint_guards(target) c WHERE NOT c.inherited
            AND routable.attached_to(parts_to_replace.runtime_column, parts_to_replace.model_column)
                IN (c.attached_to, routable.attached_to(c.runtime_column, c.model_column)))
$$;
COMMENT ON FUNCTION routable.parts_to_replace(regclass, name, name) IS
    'internal: the triggers and constraints of a table that routable.attach() replaces by a guard of these columns';

CREATE OR REPLACE FUNCTION routable.drop_parts(target regclass, triggers name[], constraints name[]) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    part name;
BEGIN
    FOREACH part IN ARRAY triggers LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', part, routable.qualified_name(target));
    END LOOP;
    FOREACH part IN ARRAY constraints LOOP
        PERFORM routable.drop_constraint(target, part);
    END LOOP;
    RETURN cardinality(triggers) + cardinality(constraints);
END
$$;
COMMENT ON FUNCTION routable.drop_parts(regclass, name[], name[]) IS
    'internal: drops triggers and constraints of guards from a table; returns their number';
-- What the functions in SQL ask of the session, and of what it is doing.

CREATE OR REPLACE FUNCTION routable.hold_releases() RETURNS void
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'hold_releases_wrapper';
COMMENT ON FUNCTION routable.hold_releases() IS
    'internal: has routable.release() wait until the transaction ends, whose guards it could not know';

CREATE OR REPLACE FUNCTION routable.is_in_use(target regclass) RETURNS boolean
    LANGUAGE c STRICT
    AS 'MODULE_PATHNAME', 'is_in_use_wrapper';
COMMENT ON FUNCTION routable.is_in_use(regclass) IS
    'internal: whether a statement of this session that has not ended has the table open';

CREATE OR REPLACE FUNCTION routable.has_pending_events(target regclass) RETURNS boolean
    LANGUAGE c STRICT
    AS 'MODULE_PATHNAME', 'has_pending_events_wrapper';
COMMENT ON FUNCTION routable.has_pending_events(regclass) IS
    'internal: whether rows that this transaction wrote to the table wait for a deferred trigger';

CREATE OR REPLACE FUNCTION routable.can_defer() RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT true
$$;
COMMENT ON FUNCTION routable.can_defer() IS
    'internal: whether a deferred guard can tell the row versions that the transaction itself has replaced';

CREATE OR REPLACE FUNCTION routable.enforcement_parameter() RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT 'model_routable.enforcement'
$$;
COMMENT ON FUNCTION routable.enforcement_parameter() IS
    'internal: the parameter by which a superuser can have guards warn; NULL if there is none';
-- Keeps other sessions from changing the table's definition, and releases from being made, until the transaction ends; lets
-- them read and write the table. Without it, a guard could be found in place that another session is about to take off. What may
-- not be locked here is refused with a better message by what comes next; PostgreSQL cannot lock foreign tables.
CREATE OR REPLACE FUNCTION routable.lock_definition(target regclass) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE oid = target AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')) THEN
        -- A release that is under way could not know of a guard that is being attached, and would not wait for its writers.
        PERFORM routable.hold_releases();
        EXECUTE format('LOCK TABLE ONLY %s IN SHARE UPDATE EXCLUSIVE MODE', routable.qualified_name(target));
    END IF;
END
$$;
COMMENT ON FUNCTION routable.lock_definition(regclass) IS
    'internal: keeps other sessions from changing the definition of a table until the transaction ends';

-- A statement fires the triggers that its table had at its beginning, unless these are gone by then: a guard that is replaced
-- within it would judge none of the rows that it writes. The same goes for a deferred guard and its transaction.
CREATE OR REPLACE FUNCTION routable.check_not_in_use(target regclass) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    used regclass;
BEGIN
    SELECT relation INTO used FROM (SELECT target UNION ALL SELECT routable.descendants(target)) AS every (relation)
        WHERE routable.is_in_use(relation) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'relation "%" is being used by a statement of this session', (SELECT relname FROM pg_class WHERE oid = used)
            USING ERRCODE = 'object_in_use', HINT = 'Attach or detach the guard in a statement of its own.';
    END IF;
    SELECT tgrelid INTO used FROM pg_trigger
        WHERE tgrelid IN (SELECT target UNION ALL SELECT routable.descendants(target))
            AND tgfoid = 'routable.guard()'::regprocedure AND tgdeferrable AND routable.has_pending_events(tgrelid) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the guard of relation "%" has rows of this transaction to judge', (SELECT relname FROM pg_class WHERE oid = used)
            USING ERRCODE = 'object_in_use', HINT = 'To have them judged now: SET CONSTRAINTS ALL IMMEDIATE;';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.check_not_in_use(regclass) IS
    'internal: raises an error if a statement of this session is using the table, or one below it, or has rows for its guard to judge';
-- The cases in which attach raises an error.
CREATE OR REPLACE FUNCTION routable.check_attachable(
    target regclass, runtime_column name, model_column name, on_mismatch text, unknown_runtime text, on_insert boolean,
    before_update boolean, mechanism text, replicas boolean, near_miss text, deferral text
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
            replicas, near_miss, deferral) > 0 THEN
        RAISE EXCEPTION 'the table to guard and its settings must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT format('%s: "%s"', name, value), allowed INTO setting, choices
        FROM (VALUES ('on_mismatch', on_mismatch, 'raise, warn or reset'), ('unknown_runtime', unknown_runtime, 'allow or deny'),
            ('mechanism', mechanism, 'trigger or check'), ('near_miss', near_miss, 'allow, warn or deny'),
            ('deferral', deferral, 'no, immediate or deferred')) AS given (name, value, allowed)
        WHERE value <> ALL (regexp_split_to_array(allowed, ', | or ')) LIMIT 1;
    IF setting IS NOT NULL THEN
        RAISE EXCEPTION 'invalid value for the setting %', setting
            USING ERRCODE = 'invalid_parameter_value', HINT = format('It can be %s.', choices);
    END IF;

    PERFORM routable.check_exists(target);
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
    PERFORM routable.check_not_inherited(target, runtime_column, model_column);

    IF mechanism = 'check' THEN
        setting := CASE WHEN on_mismatch <> 'raise' THEN 'on_mismatch' WHEN unknown_runtime <> 'allow' THEN 'unknown_runtime'
            WHEN near_miss <> 'allow' THEN 'near_miss' WHEN deferral <> 'no' THEN 'deferral'
            WHEN NOT on_insert THEN 'on_insert' WHEN NOT before_update THEN 'before_update'
            WHEN replicas THEN 'replicas' END;
        IF setting IS NOT NULL THEN
            RAISE EXCEPTION 'a CHECK constraint cannot express the setting %', setting
                USING ERRCODE = 'feature_not_supported',
                    DETAIL = 'It refuses whatever is not routable, on every write, on replicas as well.',
                    HINT = 'Leave the setting out, or use mechanism => ''trigger''.';
        END IF;
        setting := routable.foreign_table(target);
        IF setting IS NOT NULL THEN
            RAISE EXCEPTION 'PostgreSQL does not enforce a CHECK constraint of the foreign table "%"', setting
                USING ERRCODE = 'feature_not_supported', HINT = 'Use mechanism => ''trigger'', or guard the remote table.';
        END IF;
    ELSIF deferral <> 'no' AND NOT routable.can_defer() THEN
        RAISE EXCEPTION 'a guard in SQL cannot be deferrable' USING ERRCODE = 'feature_not_supported',
            DETAIL = 'It cannot tell the row versions that the transaction itself has replaced.',
            HINT = 'Leave the setting out, or set both columns in one statement.';
    ELSIF deferral <> 'no' AND routable.foreign_table(target) IS NOT NULL THEN
        RAISE EXCEPTION 'a guard of the foreign table "%" cannot be deferrable', routable.foreign_table(target)
            USING ERRCODE = 'feature_not_supported',
                DETAIL = 'PostgreSQL can defer constraint triggers alone, and foreign tables cannot have one.',
                HINT = 'Leave the setting out, or guard the remote table.';
    ELSIF on_mismatch = 'reset' AND deferral <> 'no' THEN
        RAISE EXCEPTION 'on_mismatch => ''reset'' cannot be deferrable' USING ERRCODE = 'invalid_parameter_value',
            DETAIL = 'Only a trigger BEFORE the update can give the row another model, and a deferrable guard has none.';
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
            SELECT format('Did you mean "%s"?', attname) INTO setting FROM pg_attribute
                WHERE attrelid = target AND lower(attname) = lower(column_name) AND attnum > 0 AND NOT attisdropped LIMIT 1;
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', column_name, relation.relname
                USING ERRCODE = 'undefined_column', HINT = CASE
                    WHEN setting IS NOT NULL THEN setting
                    WHEN column_name ~ '[-(:.]' THEN 'The guard takes columns. For a value within a document, or of an expression, '
                        'add a column GENERATED ALWAYS AS (...) STORED, and attach to it with before_update => false.'
                    ELSE 'Name the columns: SELECT routable.attach(table, runtime_column => ..., model_column => ...).' END;
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
COMMENT ON FUNCTION routable.check_attachable(regclass, name, name, text, text, boolean, boolean, text, boolean, text, text) IS
    'internal: raises an error where routable.attach() cannot guard the table with these settings';

-- A guard that a partition or child inherits has to be changed on the table above it. A guard for other columns that it had
-- before is its own.
CREATE OR REPLACE FUNCTION routable.check_not_inherited(target regclass, runtime_column name, model_column name) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    root regclass;
    pending regclass;
BEGIN
    IF (SELECT triggers <> '{}' OR constraints <> '{}' FROM routable.parts_of_guards(target, runtime_column, model_column)) THEN
        RETURN;
    END IF;
    -- Read from the triggers themselves: a partition that is being detached has no ancestors any more, but still has their
    -- triggers.
    WITH RECURSIVE above (relation, parent) AS (
        SELECT tgrelid, tgparentid FROM pg_trigger
            WHERE tgrelid = target AND tgfoid = 'routable.guard()'::regprocedure AND tgparentid <> 0
        UNION
        SELECT tgrelid, tgparentid FROM pg_trigger JOIN above ON pg_trigger.oid = above.parent
    )
    SELECT relation INTO root FROM above WHERE parent = 0;
    IF NOT FOUND THEN
        WITH RECURSIVE above (relation) AS (
            SELECT inhparent FROM pg_inherits WHERE inhrelid = target
                AND EXISTS (SELECT FROM routable.constraint_guards(target) WHERE inherited)
            UNION
            SELECT inhparent FROM pg_inherits JOIN above ON inhrelid = relation
        )
        SELECT relation INTO root FROM above
            WHERE EXISTS (SELECT FROM routable.constraint_guards(relation) WHERE NOT inherited);
    END IF;
    IF root IS NULL THEN
        RETURN;
    END IF;
    -- PostgreSQL 14 added the column.
    SELECT inhparent INTO pending FROM pg_inherits WHERE inhrelid = target AND to_jsonb(pg_inherits) ->> 'inhdetachpending' = 'true';
    RAISE EXCEPTION 'the guard of relation "%" comes from %', (SELECT relname FROM pg_class WHERE oid = target), root
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = CASE
            WHEN pending IS NULL THEN format('Attach or detach the guard there: %s.', root)
            ELSE format('The partition is being detached. To complete that: ALTER TABLE %s DETACH PARTITION %s FINALIZE;',
                pending, target) END;
END
$$;
COMMENT ON FUNCTION routable.check_not_inherited(regclass, name, name) IS
    'internal: raises an error if a guard of these columns comes from a table above this one; NULL stands for any column';
CREATE OR REPLACE FUNCTION routable.detach(target regclass, runtime_column name DEFAULT NULL, model_column name DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    dropped integer;
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to detach the guard from must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM routable.check_exists(target);
    PERFORM routable.lock_definition(target);
    PERFORM routable.check_not_inherited(target, runtime_column, model_column);
    PERFORM routable.check_not_in_use(target);
    SELECT routable.drop_parts(target, triggers, constraints) INTO dropped
        FROM routable.parts_of_guards(target, runtime_column, model_column);
    IF dropped = 0 THEN
        RAISE NOTICE 'relation "%" has no guard% to detach', (SELECT relname FROM pg_class WHERE oid = target),
            (SELECT coalesce(' of column ' || string_agg(format('"%s"', given), ' and '), '') FROM unnest(ARRAY[runtime_column, model_column]) AS given
                WHERE given IS NOT NULL);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass, name, name) IS
    'takes the guard of these columns off a table, or all its guards: drops the triggers that call routable.guard(), and the constraint of a guard';
-- Puts the guard on a table. SECURITY INVOKER: PostgreSQL decides who may alter it.
-- Locks: SHARE UPDATE EXCLUSIVE, and ROW EXCLUSIVE on the store of releases (lock.sql); SHARE ROW EXCLUSIVE by CREATE TRIGGER
-- (triggers.sql); ACCESS EXCLUSIVE by DROP TRIGGER (parts.sql) and ADD CONSTRAINT (constraints.sql).
CREATE OR REPLACE FUNCTION routable.attach(
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
-- Settings and privileges that could still let a bad pair in, or that refuse legitimate writes, as sentences.

-- The places where a parameter is set so that triggers let bad pairs through. PostgreSQL accepts the names and values of
-- parameters in any letter case, and stores them as they were typed.
CREATE OR REPLACE FUNCTION routable.setting_issues(parameter text, value text) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    issues text[];
    subject CONSTANT text := format('%s is set to "%s" for ', parameter, value);
BEGIN
    issues := ARRAY(SELECT format('%s is "%s" in this session.', parameter, value)
            WHERE lower(current_setting(parameter, true)) = value)
        || ARRAY(SELECT subject || concat_ws(' in ',
                CASE WHEN setrole <> 0 THEN format('role "%s"', pg_get_userbyid(setrole)) WHEN setdatabase = 0 THEN 'all roles' END,
                CASE WHEN setdatabase <> 0 THEN format('database "%s"', current_database()) END) || '.'
            FROM pg_db_role_setting, unnest(setconfig) AS entry
            WHERE lower(entry) = format('%s=%s', parameter, value)
                AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            ORDER BY setdatabase <> 0, setrole)
        || ARRAY(SELECT subject || format('the time that function %s runs.', pg_proc.oid::regprocedure)
            FROM pg_proc, unnest(proconfig) AS entry WHERE lower(entry) = format('%s=%s', parameter, value)
            ORDER BY pg_proc.oid);
    -- The value that ALTER SYSTEM wrote, for roles that may read it. A setting of this role can hide it.
    IF has_function_privilege('pg_show_all_file_settings()', 'EXECUTE') THEN
        issues := issues || ARRAY(SELECT DISTINCT subject || 'the server.' FROM pg_show_all_file_settings() AS f
            WHERE lower(f.name) = parameter AND lower(f.setting) = value AND f.error IS NULL);
    END IF;
    RETURN issues;
END
$$;
COMMENT ON FUNCTION routable.setting_issues(text, text) IS
    'internal: where a parameter is set to a value, as sentences: this session, roles, this database, functions, the server';

-- If a writer may not execute a function that the guard calls, all its writes are refused.
CREATE OR REPLACE FUNCTION routable.privilege_issues(target regclass, catalogue regclass, part oid) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(format('Not every role may execute %s: for a role that may not, every write is an error. '
            'GRANT EXECUTE ON FUNCTION %s TO PUBLIC;', function, function)), '{}')
    FROM (SELECT DISTINCT refobjid::regprocedure FROM pg_depend
        WHERE classid = catalogue AND objid = part AND refclassid = 'pg_proc'::regclass
            AND refobjid <> 'routable.guard()'::regprocedure
            AND NOT has_function_privilege('public', refobjid, 'EXECUTE')) AS called (function)
$$;
COMMENT ON FUNCTION routable.privilege_issues(regclass, regclass, oid) IS
    'internal: the functions that a guard calls and not every role may execute, as sentences';

-- CREATE OR REPLACE TRIGGER, which PostgreSQL 14 brought, takes the TRIGGER privilege alone.
CREATE OR REPLACE FUNCTION routable.trigger_privilege_issues(target regclass, part oid) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(format('With the TRIGGER privilege, %s could replace the trigger "%s", and put it back without a trace: %s',
            grantees, tgname, CASE WHEN foreign_table IS NULL THEN 'attach the guard again, which makes it a constraint trigger.'
                ELSE format('revoke it, since a constraint trigger cannot be on the foreign table "%s".', foreign_table) END)), '{}')
    FROM pg_trigger
        CROSS JOIN LATERAL (SELECT string_agg(DISTINCT CASE grantee WHEN 0 THEN 'everybody'
                ELSE format('role "%s"', pg_get_userbyid(grantee)) END, ', ')
            FROM pg_class, aclexplode(relacl)
            WHERE pg_class.oid = target AND privilege_type = 'TRIGGER' AND grantee <> relowner) AS granted (grantees)
        CROSS JOIN LATERAL routable.foreign_table(target) AS below (foreign_table)
    WHERE pg_trigger.oid = part AND tgconstraint = 0 AND tgparentid = 0 AND grantees IS NOT NULL
        AND current_setting('server_version_num')::integer >= 140000
$$;
COMMENT ON FUNCTION routable.trigger_privilege_issues(regclass, oid) IS
    'internal: the roles that could replace a trigger without owning the table, as a sentence';
-- A condition and a constraint stay with a column that is renamed, while the application goes on with the name. So an ALTER
-- TABLE that gives the name to another column is an error: it would leave that column unguarded, without a message. As the
-- extension's owner, so that nobody's lack of a privilege on what it calls keeps them from altering their tables.
CREATE OR REPLACE FUNCTION routable.check_renamed_columns() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    altered record;
BEGIN
    SELECT relation, guard.name, guard.judged INTO altered
    FROM (SELECT objid::regclass FROM pg_event_trigger_ddl_commands() WHERE classid = 'pg_class'::regclass AND objid <> 0) AS ddl (relation)
        CROSS JOIN LATERAL (
            SELECT name, judged FROM routable.guard_triggers(relation)
                WHERE judged IS NOT NULL AND NOT cloned
                    AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = relation AND tgfoid = 'routable.guard()'::regprocedure)
            UNION ALL
            SELECT name, routable.attached_to(runtime_column, model_column) FROM routable.constraint_guards(relation)
                WHERE NOT inherited AND attached_to <> routable.attached_to(runtime_column, model_column)
                    -- Another column has a name of these by now.
                    AND 2 = (SELECT count(*) FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
                        AND strpos(format(', %s, ', attached_to), format(', %I, ', attname)) > 0)
        ) AS guard
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the guard of relation "%" would judge other columns than it was attached to',
                (SELECT relname FROM pg_class WHERE oid = altered.relation)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('"%s" judges the columns that are called (%s) now.', altered.name, altered.judged),
                HINT = format('In one transaction, note attach_sql of routable.guards, detach the guard, alter the table, and run what was noted: '
                    'SELECT routable.detach(%L);', routable.qualified_name(altered.relation));
    END IF;
END
$$;
COMMENT ON FUNCTION routable.check_renamed_columns() IS
    'internal: raises an error if an ALTER TABLE gives the name of a guarded column to another one';

CREATE EVENT TRIGGER model_routable_renamed_columns ON ddl_command_end
    WHEN TAG IN ('ALTER TABLE', 'ALTER FOREIGN TABLE')
    EXECUTE FUNCTION routable.check_renamed_columns();
COMMENT ON EVENT TRIGGER model_routable_renamed_columns IS
    'model_routable: refuses an ALTER TABLE that gives the name of a guarded column to another one';
-- The guards of tables, and what could still let a bad pair in.

-- The guards of a table that are triggers, one for each pair of columns that its triggers name. A guard is "enforcing" if it
-- refuses, on INSERT and UPDATE, what a guard from routable.attach() with these settings would refuse.
CREATE OR REPLACE FUNCTION routable.inspect_triggers(
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

CREATE OR REPLACE FUNCTION routable.inspect_constraints(
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
CREATE OR REPLACE FUNCTION routable.inspect_guards(
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
CREATE OR REPLACE FUNCTION routable.guarded_tables() RETURNS SETOF regclass
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
CREATE OR REPLACE FUNCTION routable.attach_statement(
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

CREATE OR REPLACE VIEW routable.guards AS
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

CREATE OR REPLACE FUNCTION routable.is_guarded(target regclass) RETURNS boolean
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
CREATE OR REPLACE FUNCTION routable.finding(
    runtime text, model text, denies_unknown_runtimes boolean, retiring_by date,
    OUT code text, OUT reason text, OUT suggestion text, OUT fixes_runtime boolean, OUT fix text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'finding_wrapper';
COMMENT ON FUNCTION routable.finding(text, text, boolean, date) IS
    'internal: why routable.audit() lists a stored pair, and what to store instead; no row if all is well';
-- The statement that gives the rows of a pair another value in one of its columns; NULL if there is no such value. Whoever
-- reads it may run it with a search_path of theirs, so operators are named with their schema.
CREATE OR REPLACE FUNCTION routable.fix_statement(
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
CREATE OR REPLACE FUNCTION routable.takes_value(target regclass, column_name name, value text) RETURNS boolean
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
CREATE OR REPLACE FUNCTION routable.guards_to_audit(
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

CREATE OR REPLACE FUNCTION routable.audit(
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
CREATE OR REPLACE FUNCTION routable.check_auditable(target regclass, runtime_column name, model_column name) RETURNS void
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
-- Releases: registries that this database was given at run time. The last one is in force. The lookup reads the table without a
-- query, by its columns' positions (src/in_force.rs).

CREATE TABLE routable.release_store (
    number integer PRIMARY KEY CHECK (number > 0),
    released_at timestamptz NOT NULL,
    released_by text NOT NULL,
    note text,
    source text,
    sha256 text NOT NULL,
    runtimes bigint NOT NULL,
    providers bigint NOT NULL,
    models bigint NOT NULL,
    image bytea
);
-- Each backend reads the image after each release, and unpacking takes longer than reading.
ALTER TABLE routable.release_store ALTER image SET STORAGE EXTERNAL;
-- Whoever dumps the database reads the table, and routable.releases shows everybody what is in it.
REVOKE ALL ON routable.release_store FROM PUBLIC;
GRANT SELECT ON routable.release_store TO PUBLIC;
COMMENT ON TABLE routable.release_store IS
    'internal: the releases; use routable.release() and routable.releases';
COMMENT ON COLUMN routable.release_store.number IS 'counts from 1; the highest is in force';
COMMENT ON COLUMN routable.release_store.released_at IS 'when its transaction began';
COMMENT ON COLUMN routable.release_store.released_by IS 'the role that called routable.release() or routable.revert()';
COMMENT ON COLUMN routable.release_store.note IS 'what that role said about it';
COMMENT ON COLUMN routable.release_store.source IS 'the text of the file; NULL is the built-in registry';
COMMENT ON COLUMN routable.release_store.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.release_store.runtimes IS 'how many';
COMMENT ON COLUMN routable.release_store.providers IS 'how many';
COMMENT ON COLUMN routable.release_store.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.release_store.image IS 'the compiled form, made by the server of the text';

CREATE OR REPLACE VIEW routable.releases AS
    SELECT number, released_at, released_by, note, sha256, runtimes, providers, models, source
    FROM routable.release_store;
COMMENT ON VIEW routable.releases IS 'the registries that this database was given at run time; the last one is in force';
COMMENT ON COLUMN routable.releases.number IS 'counts from 1';
COMMENT ON COLUMN routable.releases.released_at IS 'when its transaction began';
COMMENT ON COLUMN routable.releases.released_by IS 'the role that released it';
COMMENT ON COLUMN routable.releases.note IS 'what that role said about it';
COMMENT ON COLUMN routable.releases.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.releases.runtimes IS 'how many';
COMMENT ON COLUMN routable.releases.providers IS 'how many';
COMMENT ON COLUMN routable.releases.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.releases.source IS 'the text of the file; NULL is the built-in registry';
-- In the order of their OIDs, so that two releases do not wait for each other. Temporary tables are of one session, and nobody else
-- reads them.
CREATE OR REPLACE FUNCTION routable.lock_guarded() RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    locked regclass[] := '{}';
    guarded regclass;
    name text;
    found boolean := true;
BEGIN
    -- While the locks are waited for, partitions can be attached.
    WHILE found LOOP
        found := false;
        FOR guarded IN
            SELECT DISTINCT member.oid::regclass
            FROM routable.guarded_tables() AS root
                CROSS JOIN LATERAL (
                    SELECT root::oid AS oid UNION SELECT child::oid FROM routable.descendants(root) AS child
                ) AS member
                JOIN pg_class ON pg_class.oid = member.oid AND pg_class.relkind IN ('r', 'p') AND pg_class.relpersistence <> 't'
            WHERE member.oid <> ALL (locked::oid[])
            ORDER BY 1
        LOOP
            name := routable.qualified_name(guarded);
            BEGIN
                IF name IS NOT NULL THEN
                    EXECUTE format('LOCK TABLE ONLY %s IN SHARE ROW EXCLUSIVE MODE', name);
                END IF;
            EXCEPTION WHEN undefined_table OR invalid_schema_name THEN
                NULL;
            END;
            -- One that got another name meanwhile was not locked, but possibly another table of the former name.
            IF name IS NOT DISTINCT FROM routable.qualified_name(guarded) THEN
                locked := locked || guarded;
            END IF;
            found := true;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.lock_guarded() IS 'internal: waits for the writers of every guarded table, and keeps others off';
-- What puts registries into the store (release_store.sql).

-- This also tells the library which table it is (crates/postgres/src/extension_table.rs).
SELECT pg_catalog.pg_extension_config_dump('routable.release_store', '');

CREATE OR REPLACE FUNCTION routable.compile(
    source text, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint, OUT image bytea
) RETURNS SETOF record
    LANGUAGE c STABLE ROWS 1
    AS 'model_routable_reader', 'compile_wrapper';
COMMENT ON FUNCTION routable.compile(text) IS 'internal: what is stored beside the text of a release';

CREATE OR REPLACE FUNCTION routable.tell_release() RETURNS void
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'tell_release_wrapper';
COMMENT ON FUNCTION routable.tell_release() IS 'internal: tells every session that a release was stored';

-- Whoever writes to the table, a restore or replication included, stores what this server made of the text.
CREATE OR REPLACE FUNCTION routable.check_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'releases are kept as they are'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'To put another registry in force: SELECT routable.release(...) or routable.revert(...);';
    END IF;
    SELECT compiled.sha256, compiled.runtimes, compiled.providers, compiled.models, compiled.image
        INTO NEW.sha256, NEW.runtimes, NEW.providers, NEW.models, NEW.image
        FROM routable.compile(NEW.source) AS compiled;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION routable.check_release() IS 'internal: compiles what is stored as a release, and refuses changes of it';

CREATE OR REPLACE FUNCTION routable.announce_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM routable.tell_release();
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION routable.announce_release() IS 'internal: calls routable.tell_release()';

CREATE TRIGGER check_release BEFORE INSERT OR UPDATE OR DELETE ON routable.release_store
    FOR EACH ROW EXECUTE FUNCTION routable.check_release();
CREATE TRIGGER check_truncate BEFORE TRUNCATE ON routable.release_store
    FOR EACH STATEMENT EXECUTE FUNCTION routable.check_release();
-- For each row: replication fires no triggers of statements.
CREATE TRIGGER tell_release AFTER INSERT ON routable.release_store
    FOR EACH ROW EXECUTE FUNCTION routable.announce_release();
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_release;
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_truncate;
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER tell_release;

CREATE OR REPLACE FUNCTION routable.last_release(OUT number integer, OUT source text) RETURNS SETOF record
    LANGUAGE c VOLATILE ROWS 1
    AS 'MODULE_PATHNAME', 'last_release_wrapper';
COMMENT ON FUNCTION routable.last_release() IS
    'internal: the last release as it is committed now, whatever the transaction''s snapshot';

-- NULL for 0, the built-in registry.
CREATE OR REPLACE FUNCTION routable.release_source(release integer) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_source text;
BEGIN
    IF release <> 0 THEN
        SELECT stored.source INTO found_source FROM routable.release_store AS stored WHERE stored.number = release;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'there is no release %', release
                USING ERRCODE = 'invalid_parameter_value',
                    HINT = 'To list them: SELECT * FROM routable.releases; 0 is the built-in registry.';
        END IF;
    END IF;
    RETURN found_source;
END
$$;
COMMENT ON FUNCTION routable.release_source(integer) IS 'internal: the text of a release';

CREATE OR REPLACE FUNCTION routable.review(source text, former text) RETURNS void
    LANGUAGE c VOLATILE
    AS 'model_routable_reader', 'review_wrapper';
COMMENT ON FUNCTION routable.review(text, text) IS 'internal: says what a release changes';

CREATE OR REPLACE FUNCTION routable.put_in_force(registry text, note text, wait_for_writers boolean) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    former record;
    released integer;
BEGIN
    -- Faults come before any lock.
    PERFORM routable.compile(registry);
    LOCK TABLE routable.release_store IN SHARE ROW EXCLUSIVE MODE;
    IF wait_for_writers THEN
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            RAISE EXCEPTION 'a release that waits for writers needs a READ COMMITTED transaction'
                USING ERRCODE = 'invalid_transaction_state',
                    DETAIL = 'In this one, routable.audit would not see the rows of the writers that it waited for.',
                    HINT = 'Begin a READ COMMITTED transaction, or call it with wait_for_writers => false.';
        END IF;
        PERFORM routable.lock_guarded();
    END IF;
    SELECT last.number, last.source INTO former FROM routable.last_release() AS last;
    released := coalesce(former.number, 0) + 1;
    PERFORM routable.review(registry, former.source);
    INSERT INTO routable.release_store (number, released_at, released_by, note, source)
        VALUES (
            released, now(), coalesce(nullif(current_setting('role'), 'none'), session_user), note, registry
        );
    RETURN released;
END
$$;
COMMENT ON FUNCTION routable.put_in_force(text, text, boolean) IS 'internal: stores a release';

CREATE OR REPLACE FUNCTION routable.release(registry text, note text DEFAULT NULL, wait_for_writers boolean DEFAULT true) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF registry IS NULL OR wait_for_writers IS NULL THEN
        RAISE EXCEPTION 'the registry and wait_for_writers must not be null'
            USING ERRCODE = 'null_value_not_allowed',
                HINT = 'To put the built-in registry in force: SELECT routable.revert(0);';
    END IF;
    RETURN routable.put_in_force(registry, note, wait_for_writers);
END
$$;
COMMENT ON FUNCTION routable.release(text, text, boolean) IS
    'puts the registry of this text in force, for every session from this transaction''s commit on; returns the release''s number';

CREATE OR REPLACE FUNCTION routable.revert(number integer DEFAULT NULL, note text DEFAULT NULL, wait_for_writers boolean DEFAULT true)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    last integer;
    wanted integer;
BEGIN
    IF wait_for_writers IS NULL THEN
        RAISE EXCEPTION 'wait_for_writers must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF number IS NULL THEN
        -- Which release is the last one has to stay so.
        LOCK TABLE routable.release_store IN SHARE ROW EXCLUSIVE MODE;
    END IF;
    SELECT release.number INTO last FROM routable.last_release() AS release;
    IF number IS NULL AND last IS NULL THEN
        RAISE EXCEPTION 'there is no release to revert from'
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'The built-in registry is in force.';
    END IF;
    wanted := coalesce(number, last - 1);
    RETURN routable.put_in_force(
        routable.release_source(wanted),
        coalesce(note, CASE WHEN wanted = 0 THEN 'the built-in registry' ELSE format('as release %s', wanted) END),
        wait_for_writers
    );
END
$$;
COMMENT ON FUNCTION routable.revert(integer, text, boolean) IS
    'puts an earlier release in force again, as a new one: that before the last, or the one with this number; 0 is the built-in one';

CREATE OR REPLACE FUNCTION routable.check_registry(
    registry text, OUT severity text, OUT line integer, OUT place text, OUT message text, OUT hint text
) RETURNS SETOF record
    LANGUAGE c STABLE STRICT ROWS 10
    AS 'model_routable_reader', 'check_wrapper';
COMMENT ON FUNCTION routable.check_registry(text) IS 'internal: the rows of routable.check()';

CREATE OR REPLACE FUNCTION routable.check(registry text)
    RETURNS TABLE (severity text, line integer, place text, message text, hint text)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT * FROM routable.check_registry(registry)
$$;
COMMENT ON FUNCTION routable.check(text) IS
    'what is wrong with the text of a registry file, and what is probably not meant; no row if there is nothing to say';

CREATE OR REPLACE FUNCTION routable.compare(
    former text, source text, OUT runtime text, OUT what text, OUT example text, OUT was text, OUT will_be text
) RETURNS SETOF record
    LANGUAGE c STABLE ROWS 20
    AS 'model_routable_reader', 'compare_wrapper';
COMMENT ON FUNCTION routable.compare(text, text) IS 'internal: the rows of routable.diff()';

CREATE OR REPLACE FUNCTION routable.diff(registry text, against integer DEFAULT NULL)
    RETURNS TABLE (runtime text, what text, example text, was text, will_be text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    former text;
BEGIN
    IF diff.registry IS NULL THEN
        RAISE EXCEPTION 'the registry must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF diff.against IS NULL THEN
        SELECT last.source INTO former FROM routable.last_release() AS last;
    ELSE
        former := routable.release_source(diff.against);
    END IF;
    RETURN QUERY
        SELECT change.runtime, change.what, change.example, change.was, change.will_be
        FROM routable.compare(former, diff.registry) AS change;
END
$$;
COMMENT ON FUNCTION routable.diff(text, integer) IS
    'what becomes of pairs if the registry of this text is released: against the one in force, or a release; 0 is the built-in one';
-- A database can have revoked by default what PostgreSQL gives everybody (ALTER DEFAULT PRIVILEGES). Writers call the lookup
-- through a trigger's condition or a constraint, readers call functions through views, and a table's owner calls attach and
-- what it calls, all with their own privileges: so these are given by name.
GRANT EXECUTE ON FUNCTION @extschema@.model_routable(text, text) TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA routable TO PUBLIC;
GRANT SELECT ON routable.runtimes, routable.providers, routable.models, routable.registry, routable.releases, routable.guards
    TO PUBLIC;

-- Whoever keeps the registry is given EXECUTE on the first four by a superuser. The others are what these four call.
REVOKE EXECUTE ON FUNCTION routable.release(text, text, boolean), routable.revert(integer, text, boolean), routable.check(text),
    routable.diff(text, integer), routable.put_in_force(text, text, boolean), routable.lock_guarded(), routable.review(text, text),
    routable.last_release(), routable.release_source(integer), routable.compile(text), routable.check_registry(text),
    routable.compare(text, text), routable.tell_release(), routable.check_release(), routable.announce_release()
    FROM PUBLIC;

-- The releases, compiled anew.
INSERT INTO routable.release_store (number, released_at, released_by, note, source)
    SELECT number, released_at, released_by, note, source FROM routable.edition_store ORDER BY number;
DROP TABLE routable.edition_store;
