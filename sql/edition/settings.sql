-- A guard's settings: the trigger's arguments, each key=value, split at the first =.

-- "fault" says why the arguments are none of a guard, since a guard must not guess: one that is unknown, repeated, malformed or missing.
CREATE FUNCTION routable.read_settings(
    trigger text,
    arguments text[],
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT replicas boolean,
    OUT fault text
) RETURNS record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    keys CONSTANT text[] := '{runtime,model,constraint,on_mismatch,unknown_runtime,near_miss,replicas}';
    choices CONSTANT jsonb := '{"on_mismatch": ["raise", "warn", "reset"], "unknown_runtime": ["allow", "deny"],
        "near_miss": ["allow", "warn", "deny"], "replicas": ["true"]}';
    given jsonb := '{}';
    argument text;
    key text;
BEGIN
    FOREACH argument IN ARRAY arguments LOOP
        key := split_part(argument, '=', 1);
        fault := CASE
            WHEN strpos(argument, '=') < 2 OR strpos(argument, '=') = length(argument) OR octet_length(argument) >= 1000
                THEN 'malformed argument %1$s of trigger "%2$s"'
            WHEN key <> ALL (keys) THEN 'unrecognized argument %1$s of trigger "%2$s"'
            WHEN given ? key THEN 'argument %1$s of trigger "%2$s" repeats a setting' END;
        IF fault IS NOT NULL THEN
            fault := format(fault, routable.quoted(argument), trigger);
            RETURN;
        END IF;
        given := given || jsonb_build_object(key, substr(argument, length(key) + 2));
    END LOOP;
    SELECT CASE WHEN given ? wanted THEN format('invalid value for argument "%s" of trigger "%s": %s', wanted, trigger,
                routable.quoted(given ->> wanted))
            ELSE format('trigger "%s" lacks the argument "%s=..."', trigger, wanted) END
        INTO fault
        FROM unnest(ARRAY['replicas', 'runtime', 'model', 'constraint', 'on_mismatch', 'unknown_runtime', 'near_miss'])
            WITH ORDINALITY AS wanted (wanted, position)
        WHERE CASE WHEN choices ? wanted THEN NOT choices -> wanted ? (given ->> wanted) ELSE NOT given ? wanted END
        ORDER BY position LIMIT 1;
    IF fault IS NULL THEN
        runtime_column := given ->> 'runtime';
        model_column := given ->> 'model';
        constraint_name := given ->> 'constraint';
        on_mismatch := coalesce(given ->> 'on_mismatch', 'raise');
        unknown_runtime := coalesce(given ->> 'unknown_runtime', 'allow');
        near_miss := coalesce(given ->> 'near_miss', 'allow');
        replicas := given ? 'replicas';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.read_settings(text, text[]) IS
    'internal: the settings that the arguments of a trigger give, or the fault for which every call of it is an error';

CREATE FUNCTION routable.guard_settings(
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
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- PostgreSQL ends each argument with a NUL.
    terminator CONSTANT bytea := decode('00', 'hex');
    rest bytea := arguments;
    length integer;
    texts text[] := '{}';
BEGIN
    LOOP
        length := position(terminator IN rest) - 1;
        EXIT WHEN length < 0;
        texts := texts || convert_from(substring(rest FOR length), 'UTF8');
        rest := substring(rest FROM length + 2);
    END LOOP;
    RETURN QUERY SELECT * FROM routable.read_settings(trigger, texts);
END
$$;
COMMENT ON FUNCTION routable.guard_settings(text, bytea) IS
    'internal: the settings in pg_trigger.tgargs, or the fault for which every call of the trigger is an error';
