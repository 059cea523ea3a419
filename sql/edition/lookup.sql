-- The lookup. What guards and conditions call has no SET clause, which would cost more than the lookup itself; so it names every
-- function, operator and type with its schema.

-- Both functions of this name are the same; the other one is made of this one, below.
CREATE FUNCTION routable.model_routable(runtime text, model text) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
AS $$
BEGIN
    -- Most ids are registered, and stored without white space.
    IF pg_catalog.jsonb_exists(routable.offered(), pg_catalog.textcat(pg_catalog.textcat(runtime, E'\x1f'), model)) THEN
        RETURN true;
    END IF;
    RETURN routable.code(runtime, model) COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) ANY
        ('{NO_MODEL,UNKNOWN_RUNTIME,EXTERNAL_RUNTIME,REGISTERED,ROUTABLE_BY_PREFIX}'::pg_catalog.text[]);
END
$$;
COMMENT ON FUNCTION routable.model_routable(text, text) IS
    'the same as model_routable(), in a schema whose owner is the extension''s';

DO $$
DECLARE
    place CONSTANT text := pg_catalog.current_setting('routable.schema');
BEGIN
    IF place OPERATOR(pg_catalog.=) '' THEN
        SET LOCAL client_min_messages = notice;
        RAISE NOTICE 'model_routable() is in schema "routable" alone'
            USING DETAIL = 'The search_path names no other schema in which the role may create a function.';
        SET LOCAL client_min_messages = warning;
        RETURN;
    END IF;
    EXECUTE pg_catalog.format('CREATE OR REPLACE FUNCTION %I.model_routable(runtime text, model text) RETURNS boolean '
        'LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS %L', place,
        (SELECT prosrc FROM pg_catalog.pg_proc
            WHERE oid OPERATOR(pg_catalog.=) 'routable.model_routable(text,text)'::pg_catalog.regprocedure));
    EXECUTE pg_catalog.format('COMMENT ON FUNCTION %I.model_routable(text, text) IS %L', place,
        'whether the runtime can route the model id; never NULL; see routable.explain() for the reason');
    EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION %I.model_routable(text, text) TO PUBLIC', place);
END
$$;

-- What is white space to Unicode. A literal of this kind means the same whatever the session's settings are.
CREATE FUNCTION routable.trimmed(id text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog.btrim(id, E'\t\n\x0b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002'
        '\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000')
$$;
COMMENT ON FUNCTION routable.trimmed(text) IS 'internal: the id without white space around it';

-- The steps are numbered as in the README's table.
CREATE FUNCTION routable.code(runtime text, model text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    id CONSTANT pg_catalog.text := routable.trimmed(model);
    pair pg_catalog.text;
    patterns pg_catalog.jsonb;
    is_matched boolean := false;
BEGIN
    -- 1
    IF id IS NULL OR pg_catalog.length(id) OPERATOR(pg_catalog.=) 0 THEN
        RETURN 'NO_MODEL';
    END IF;
    -- 2
    patterns := routable.patterns() OPERATOR(pg_catalog.->) runtime;
    IF patterns IS NULL THEN
        IF pg_catalog.jsonb_exists(routable.externals(), runtime) THEN
            RETURN 'EXTERNAL_RUNTIME';
        END IF;
        RETURN 'UNKNOWN_RUNTIME';
    END IF;
    -- 3 and 4
    pair := pg_catalog.textcat(pg_catalog.textcat(runtime, E'\x1f'), id);
    IF pg_catalog.jsonb_exists(routable.offered(), pair) THEN
        RETURN 'REGISTERED';
    ELSIF pg_catalog.jsonb_exists(routable.withdrawn(), pair) THEN
        RETURN 'MODEL_WITHDRAWN';
    END IF;
    -- 5 to 7
    patterns := coalesce(patterns OPERATOR(pg_catalog.->) pg_catalog."left"(id, 1), patterns OPERATOR(pg_catalog.->) '', '[]');
    FOR position IN 0 .. pg_catalog.jsonb_array_length(patterns) OPERATOR(pg_catalog.-) 1 LOOP
        IF id COLLATE pg_catalog."C" OPERATOR(pg_catalog.~) (patterns OPERATOR(pg_catalog.->>) position) THEN
            IF is_matched THEN
                RETURN 'AMBIGUOUS_PROVIDER';
            END IF;
            is_matched := true;
        END IF;
    END LOOP;
    IF is_matched THEN
        RETURN 'ROUTABLE_BY_PREFIX';
    END IF;
    RETURN 'UNREGISTERED_MODEL_FOR_RUNTIME';
END
$$;
COMMENT ON FUNCTION routable.code(text, text) IS 'internal: the code of a pair';

-- Whether a pair with this code has the key of a runtime, or of an id of its runtime, that is registered.
CREATE FUNCTION routable.is_near_miss(code text, runtime text, model text) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    id pg_catalog.text;
    key pg_catalog.text;
    is_runtime CONSTANT boolean := code COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) 'UNKNOWN_RUNTIME';
BEGIN
    IF is_runtime THEN
        key := routable.key(runtime);
        RETURN coalesce(pg_catalog.length(key) OPERATOR(pg_catalog.>) 0, false)
            AND pg_catalog.jsonb_exists(routable.near_keys(), pg_catalog.textcat(E'\x01', key));
    ELSIF code COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) 'ROUTABLE_BY_PREFIX' THEN
        RETURN false;
    END IF;
    id := routable.trimmed(model);
    key := routable.key(id);
    IF pg_catalog.length(key) OPERATOR(pg_catalog.>) 0
        AND pg_catalog.jsonb_exists(routable.near_keys(), pg_catalog.textcat(pg_catalog.textcat(runtime, E'\x1f'), key)) THEN
        RETURN true;
    END IF;
    key := routable.key(routable.behind_vendor(id));
    RETURN coalesce(pg_catalog.length(key) OPERATOR(pg_catalog.>) 0, false)
        AND pg_catalog.jsonb_exists(routable.near_keys(), pg_catalog.textcat(pg_catalog.textcat(runtime, E'\x1f'), key));
END
$$;
COMMENT ON FUNCTION routable.is_near_miss(text, text, text) IS
    'internal: whether a pair with this code is routable and yet probably not what was meant';

-- For the WHEN of a guard that is stricter than the lookup.
CREATE FUNCTION routable.passes(runtime text, model text, unknown_runtime text, near_miss text) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1
AS $$
DECLARE
    code pg_catalog.text;
BEGIN
    IF (unknown_runtime COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) ANY ('{allow,deny}'::pg_catalog.text[])) IS NOT TRUE THEN
        PERFORM routable.refuse_setting('unknown_runtime', unknown_runtime, 'It can be allow or deny.');
    ELSIF (near_miss COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) ANY ('{allow,warn,deny}'::pg_catalog.text[])) IS NOT TRUE THEN
        PERFORM routable.refuse_setting('near_miss', near_miss, 'It can be allow, warn or deny.');
    END IF;
    IF pg_catalog.jsonb_exists(routable.offered(), pg_catalog.textcat(pg_catalog.textcat(runtime, E'\x1f'), model)) THEN
        RETURN true;
    END IF;
    code := routable.code(runtime, model);
    IF code COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) ANY
            ('{MODEL_WITHDRAWN,AMBIGUOUS_PROVIDER,UNREGISTERED_MODEL_FOR_RUNTIME}'::pg_catalog.text[])
        OR code COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) 'UNKNOWN_RUNTIME'
            AND unknown_runtime COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) 'deny' THEN
        RETURN false;
    END IF;
    RETURN near_miss COLLATE pg_catalog."C" OPERATOR(pg_catalog.=) 'allow' OR NOT routable.is_near_miss(code, runtime, model);
END
$$;
COMMENT ON FUNCTION routable.passes(text, text, text, text) IS
    'whether a guard with these settings lets the pair pass and says nothing: neither refuses it nor warns of it';

CREATE FUNCTION routable.refuse_setting(setting text, value text, hint text) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF value IS NULL THEN
        RAISE EXCEPTION 'the setting % must not be null', setting USING ERRCODE = 'null_value_not_allowed', HINT = hint;
    END IF;
    RAISE EXCEPTION 'invalid value for the setting %: %', setting, routable.quoted(value)
        USING ERRCODE = 'invalid_parameter_value', HINT = hint;
END
$$;
COMMENT ON FUNCTION routable.refuse_setting(text, text, text) IS 'internal: raises the error of a setting of routable.passes()';
