-- The cases in which attach raises an error.
CREATE FUNCTION routable.check_attachable(
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
CREATE FUNCTION routable.check_not_inherited(target regclass, runtime_column name, model_column name) RETURNS void
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
