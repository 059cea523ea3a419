-- The trigger function. It has no search_path of its own, whose change costs as much as the lookup: so it names every function,
-- operator and type with its schema, and compares by no operator that PostgreSQL would look up by name, as IN and IS DISTINCT FROM do.
CREATE FUNCTION routable.guard() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    plan pg_catalog.record;
    violation pg_catalog.record;
    new_runtime pg_catalog.text;
    new_model pg_catalog.text;
    old_runtime pg_catalog.text;
    old_model pg_catalog.text;
    runtime_changed boolean := false;
    model_changed boolean := true;
    is_stored boolean;
    told pg_catalog.int8;
    changed_column pg_catalog.text;
BEGIN
    -- Most rows: columns of the default names, with an id that is registered, or without a change. A value that such a comparison takes
    -- is text of the type's output, so no cast takes part.
    BEGIN
        IF TG_LEVEL OPERATOR(pg_catalog.=) 'ROW' AND TG_WHEN OPERATOR(pg_catalog.<>) 'INSTEAD OF' AND TG_OP OPERATOR(pg_catalog.<>) 'DELETE'
            AND TG_ARGV[0] OPERATOR(pg_catalog.=) 'runtime=runtime' AND TG_ARGV[1] OPERATOR(pg_catalog.=) 'model=model'
            AND pg_catalog.starts_with(TG_ARGV[2], 'constraint=') AND TG_ARGV[2] OPERATOR(pg_catalog.<>) 'constraint='
            AND (TG_NARGS OPERATOR(pg_catalog.=) 3 OR pg_catalog.array_to_string(TG_ARGV[3:], ' ') OPERATOR(pg_catalog.~)
                '^(on_mismatch=(warn|reset))?( ?unknown_runtime=deny)?( ?near_miss=(warn|deny))?( ?replicas=true)?$') THEN
            -- concat_ws leaves NULL out, and the model of such a row can have the separator in it.
            IF NEW.runtime IS NOT NULL
                AND pg_catalog.jsonb_exists(routable.offered(), pg_catalog.concat_ws(pg_catalog.chr(31), NEW.runtime, NEW.model)) THEN
                RETURN NEW;
            ELSIF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' THEN
                IF pg_catalog.concat(NEW.runtime) COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) pg_catalog.concat(OLD.runtime)
                    AND pg_catalog.concat_ws('=', NEW.runtime, NEW.model) COLLATE pg_catalog."C"
                        OPERATOR(pg_catalog.=) pg_catalog.concat_ws('=', OLD.runtime, OLD.model)
                    AND pg_catalog.num_nulls(NEW.runtime, NEW.model) OPERATOR(pg_catalog.=) pg_catalog.num_nulls(OLD.runtime, OLD.model) THEN
                    RETURN NEW;
                END IF;
            END IF;
            -- Then those that a pattern takes, in columns of which the value is the text. What is not yet computed is NULL.
            IF TG_NARGS OPERATOR(pg_catalog.=) 3 AND NEW.runtime IS NOT NULL AND NEW.model IS NOT NULL
                AND (pg_catalog.pg_typeof(NEW.runtime) OPERATOR(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype
                    OR pg_catalog.pg_typeof(NEW.runtime) OPERATOR(pg_catalog.=) 'pg_catalog.varchar'::pg_catalog.regtype)
                AND (pg_catalog.pg_typeof(NEW.model) OPERATOR(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype
                    OR pg_catalog.pg_typeof(NEW.model) OPERATOR(pg_catalog.=) 'pg_catalog.varchar'::pg_catalog.regtype)
                AND routable.model_routable(NEW.runtime::pg_catalog.text, NEW.model::pg_catalog.text) THEN
                RETURN NEW;
            END IF;
        END IF;
    EXCEPTION WHEN undefined_column THEN
        -- What follows says which one, and what to do.
        NULL;
    END;

    -- It would show a writer values that the role may not read, because the statements below have them as constants.
    IF pg_catalog.current_setting('debug_print_plan') OPERATOR(pg_catalog.=) 'on' THEN
        PERFORM pg_catalog.set_config('debug_print_plan', 'off', true);
    END IF;
    plan := routable.guard_plan(TG_RELID, TG_NAME, TG_ARGV, TG_WHEN, TG_LEVEL, TG_OP);
    IF plan.fault IS NOT NULL THEN
        IF plan.fault_detail IS NULL THEN
            RAISE EXCEPTION USING ERRCODE = plan.fault_state, MESSAGE = plan.fault, HINT = plan.fault_hint;
        END IF;
        RAISE EXCEPTION USING ERRCODE = plan.fault_state, MESSAGE = plan.fault, DETAIL = plan.fault_detail, HINT = plan.fault_hint;
    END IF;
    EXECUTE pg_catalog.format('SELECT routable.column_text(($1).%I), routable.column_text(($1).%I)', plan.runtime_column, plan.model_column)
        INTO new_runtime, new_model USING NEW;
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' THEN
        EXECUTE pg_catalog.format('SELECT routable.column_text(($1).%I), routable.column_text(($1).%I)',
            plan.runtime_column, plan.model_column) INTO old_runtime, old_model USING OLD;
        runtime_changed := NOT (new_runtime IS NULL AND old_runtime IS NULL
            OR coalesce(new_runtime COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) old_runtime, false));
        model_changed := NOT (new_model IS NULL AND old_model IS NULL
            OR coalesce(new_model COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) old_model, false));
    END IF;
    -- Rows from before the guard, or from before a change of the registry, stay editable.
    IF NOT runtime_changed AND NOT model_changed
            OR routable.passes(new_runtime, new_model, plan.unknown_runtime, plan.near_miss) THEN
        RETURN NEW;
    END IF;

    is_stored := plan.on_mismatch OPERATOR(pg_catalog.=) 'warn' OR plan.near_miss OPERATOR(pg_catalog.=) 'warn'
        AND routable.passes(new_runtime, new_model, plan.unknown_runtime, 'allow');
    IF is_stored THEN
        IF TG_WHEN OPERATOR(pg_catalog.=) 'BEFORE' AND routable.has_last_word(TG_RELID, TG_NAME, TG_OP) THEN
            RETURN NEW;
        END IF;
        told := routable.note_warned(TG_RELID, TG_NAME, new_runtime, new_model);
        IF told IS NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    violation := routable.violation(TG_RELID, plan.runtime_column, plan.model_column, plan.constraint_name, plan.unknown_runtime,
        new_runtime, new_model);
    changed_column := CASE WHEN runtime_changed THEN plan.runtime_column ELSE plan.model_column END;
    IF told OPERATOR(pg_catalog.>) 0 THEN
        RAISE WARNING USING MESSAGE = pg_catalog.format('%s rows are stored in relation "%s.%s" in spite of the guard so far',
            told, violation.schema_name, violation.table_name), HINT = 'To list the pairs: SELECT * FROM routable.audit(table);';
        PERFORM routable.write_log(pg_catalog.format('%s rows stored in relation "%s.%s" by role "%s" in spite of the guard so far',
            told, violation.schema_name, violation.table_name, current_user));
    ELSIF is_stored THEN
        RAISE WARNING USING MESSAGE = violation.warning, DETAIL = violation.detail, HINT = violation.hint,
            SCHEMA = violation.schema_name, TABLE = violation.table_name, CONSTRAINT = plan.constraint_name, COLUMN = changed_column;
        PERFORM routable.write_log(violation.log);
    ELSIF plan.on_mismatch OPERATOR(pg_catalog.=) 'reset' AND runtime_changed AND NOT model_changed
            AND TG_WHEN OPERATOR(pg_catalog.=) 'BEFORE' AND violation.default_model IS NOT NULL THEN
        NEW := pg_catalog.jsonb_populate_record(NEW, pg_catalog.jsonb_build_object(plan.model_column, violation.default_model));
        RAISE NOTICE USING MESSAGE = violation.reset, DETAIL = violation.detail;
    ELSE
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = violation.refusal, DETAIL = violation.detail, HINT = violation.hint,
            SCHEMA = violation.schema_name, TABLE = violation.table_name, CONSTRAINT = plan.constraint_name, COLUMN = changed_column;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION routable.guard() IS
    'trigger function that refuses a row whose (runtime, model) pair is not routable; routable.attach() puts it on a table';
