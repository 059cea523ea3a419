-- Putting the guard on a table and taking it off. Both are SECURITY INVOKER: PostgreSQL decides who may.

-- The name that PostgreSQL would choose for a constraint of the table: cut to an identifier, and not taken.
CREATE FUNCTION routable.choose_constraint_name(target regclass) RETURNS name
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
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
    'the constraint name under which a guard of the table reports its refusals';

CREATE FUNCTION routable.attach(
    target regclass DEFAULT 'workspaces'::text::regclass,
    runtime_column name DEFAULT 'runtime',
    model_column name DEFAULT 'model'
) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    guard CONSTANT oid := 'routable.guard()'::regprocedure;
    relation record;
    attribute record;
    trigger record;
    column_name name;
    in_condition text[] := '{}';  -- how PostgreSQL shows a column in a WHEN
    table_name text;
    constraint_name name;
    arguments text;
    existing integer := 0;
    unaltered integer := 0;
BEGIN
    IF target IS NULL OR runtime_column IS NULL OR model_column IS NULL THEN
        RAISE EXCEPTION 'the table and the columns to guard must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;

    SELECT c.relname, c.relkind, c.relowner, n.nspname INTO STRICT relation
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = target;
    IF relation.relkind NOT IN ('r', 'p', 'f') THEN
        RAISE EXCEPTION 'relation "%" is not a table', relation.relname
            USING ERRCODE = 'wrong_object_type',
                DETAIL = 'The guard is a row trigger BEFORE and AFTER the write, which only tables have.',
                HINT = 'Guard the table into which the rows are written.';
    END IF;
    IF NOT pg_has_role(relation.relowner, 'USAGE') THEN
        RAISE EXCEPTION 'must be owner of table %', relation.relname
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF runtime_column = model_column THEN
        RAISE EXCEPTION 'the runtime and the model cannot both be in column "%"', runtime_column
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    FOREACH column_name IN ARRAY ARRAY[runtime_column, model_column] LOOP
        SELECT a.atttypid, a.attgenerated, format_type(a.atttypid, a.atttypmod) AS type_name INTO attribute
            FROM pg_attribute a
            WHERE a.attrelid = target AND a.attname = column_name AND a.attnum > 0 AND NOT a.attisdropped;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', column_name, relation.relname
                USING ERRCODE = 'undefined_column',
                    HINT = 'Name the columns: SELECT routable.attach(table, runtime_column => ..., model_column => ...).';
        END IF;
        IF attribute.atttypid NOT IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype) THEN
            RAISE EXCEPTION 'column "%" of relation "%" has type %, which the guard cannot read',
                    column_name, relation.relname, attribute.type_name
                USING ERRCODE = 'datatype_mismatch', DETAIL = 'The guard reads columns of type text, varchar and char(n).';
        END IF;
        IF attribute.attgenerated <> '' THEN
            RAISE EXCEPTION 'column "%" of relation "%" is generated and cannot be guarded before it is computed',
                    column_name, relation.relname
                USING ERRCODE = 'feature_not_supported', HINT = 'Guard the columns from which it is computed.';
        END IF;
        in_condition := in_condition || CASE attribute.atttypid
            WHEN 'text'::regtype THEN format('new.%I', column_name)
            ELSE format('(new.%I)::text', column_name) END;
    END LOOP;

    -- A table that was renamed since keeps reporting under the name that it was attached with.
    SELECT convert_from(decode(substr(argument, length('constraint=') + 1), 'escape'), getdatabaseencoding())
        INTO constraint_name
        FROM pg_trigger, unnest(string_to_array(encode(tgargs, 'escape'), '\000')) AS argument
        WHERE tgrelid = target AND tgfoid = guard AND argument LIKE 'constraint=%';
    constraint_name := coalesce(constraint_name, routable.choose_constraint_name(target));

    table_name := format('%I.%I', relation.nspname, relation.relname);
    arguments := format('%L, %L, %L',
        'runtime=' || runtime_column, 'model=' || model_column, 'constraint=' || constraint_name);
    FOR trigger IN
        SELECT tgname, tgenabled, tgparentid, pg_get_triggerdef(oid) AS definition FROM pg_trigger
            WHERE tgrelid = target AND tgfoid = guard
    LOOP
        IF trigger.tgparentid <> 0 THEN
            RAISE EXCEPTION 'partition "%" is already guarded through %', relation.relname,
                    (SELECT tgrelid::regclass FROM pg_trigger WHERE oid = trigger.tgparentid)
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    HINT = 'Attach the guard to the partitioned table, or detach it there.';
        END IF;
        existing := existing + 1;
        IF trigger.tgenabled = 'O' AND trigger.definition IN (
            format('CREATE TRIGGER model_routable BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION routable.guard(%s)',
                table_name, arguments),
            format('CREATE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON %s FOR EACH ROW'
                ' WHEN ((NOT %s(%s, %s))) EXECUTE FUNCTION routable.guard(%s)',
                table_name, '@extschema@.model_routable(text, text)'::regprocedure::regproc,
                in_condition[1], in_condition[2], arguments)
        ) THEN
            unaltered := unaltered + 1;
        END IF;
    END LOOP;
    IF existing = 2 AND unaltered = 2 THEN
        RAISE NOTICE 'relation "%" is already guarded with these settings', relation.relname;
        RETURN;
    END IF;

    FOR trigger IN SELECT tgname FROM pg_trigger WHERE tgrelid = target AND tgfoid = guard LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', trigger.tgname, table_name);
    END LOOP;
    EXECUTE format('CREATE TRIGGER model_routable BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION routable.guard(%s)',
        table_name, arguments);
    EXECUTE format('CREATE TRIGGER model_routable_final AFTER INSERT OR UPDATE ON %s FOR EACH ROW'
        ' WHEN (NOT @extschema@.model_routable(NEW.%I::text, NEW.%I::text)) EXECUTE FUNCTION routable.guard(%s)',
        table_name, runtime_column, model_column, arguments);
END
$$;
COMMENT ON FUNCTION routable.attach(regclass, name, name) IS
    'guards a table: creates the triggers that refuse a row whose (runtime, model) pair is not routable';

CREATE FUNCTION routable.detach(target regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    trigger record;
    dropped integer := 0;
BEGIN
    IF target IS NULL THEN
        RAISE EXCEPTION 'the table to detach the guard from must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOR trigger IN
        SELECT t.tgname, n.nspname, c.relname
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE t.tgrelid = target AND t.tgfoid = 'routable.guard()'::regprocedure
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %I.%I', trigger.tgname, trigger.nspname, trigger.relname);
        dropped := dropped + 1;
    END LOOP;
    IF dropped = 0 THEN
        RAISE NOTICE 'relation "%" has no guard to detach', (SELECT relname FROM pg_class WHERE oid = target);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.detach(regclass) IS
    'takes the guard off a table: drops every trigger on it that calls routable.guard()';
