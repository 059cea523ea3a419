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
