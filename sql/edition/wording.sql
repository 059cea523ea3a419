-- What messages say of the registry, and how they show ids.

-- @words@

-- Quotes, backslashes and what a reader does not see are escaped.
CREATE FUNCTION routable.shown(sign text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE sign COLLATE "C"
        WHEN '"' THEN E'\\"' WHEN E'\\' THEN E'\\\\' WHEN E'\n' THEN E'\\n' WHEN E'\r' THEN E'\\r' WHEN E'\t' THEN E'\\t'
        ELSE CASE WHEN width_bucket(ascii(sign), routable.hidden_characters()) % 2 = 0 THEN sign
            ELSE format(E'\\u{%s}', to_hex(ascii(sign))) END
    END
$$;
COMMENT ON FUNCTION routable.shown(text) IS 'internal: a character as messages show it';

CREATE FUNCTION routable.quoted(id text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('"%s%s"', string_agg(CASE WHEN sign ~ '^[ !#-Z^-~]$' COLLATE "C" THEN sign ELSE routable.shown(sign) END,
            '' ORDER BY position), CASE WHEN length(id) > 100 THEN '...' END)
    FROM regexp_split_to_table(left(id, 100), '') WITH ORDINALITY AS part (sign, position)
$$;
COMMENT ON FUNCTION routable.quoted(text) IS 'internal: an id in messages, quoted, clipped, and with nothing that a reader does not see';

-- What a runtime takes: some of its ids, and how many more.
CREATE FUNCTION routable.takes(runtime text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    held CONSTANT jsonb := routable.catalogue() -> 'runtimes' -> runtime;
    ids CONSTANT bigint := held ->> 'ids';
    has_pattern CONSTANT boolean := routable.patterns() -> runtime <> '{}';
BEGIN
    RETURN (
        SELECT routable.quoted(runtime) || CASE
            WHEN ids = 0 AND has_pattern THEN ' lists no ids and routes by pattern'
            WHEN ids = 0 THEN ' takes no ids any more'
            ELSE format(' takes %s%s%s', (
                    SELECT string_agg(routable.quoted(id), ', ' ORDER BY position)
                    FROM jsonb_array_elements_text(held -> 'first_ids') WITH ORDINALITY AS first (id, position)),
                CASE WHEN ids > 3 THEN format(' and %s more', ids - 3) END,
                CASE WHEN has_pattern THEN ', and what matches its patterns' END)
        END
    );
END
$$;
COMMENT ON FUNCTION routable.takes(text) IS 'internal: what a runtime takes, in words';

-- Which runtimes of the registry route a model.
CREATE FUNCTION routable.routed_by(model text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    runtimes CONSTANT jsonb := routable.catalogue() -> 'runtimes';
BEGIN
    RETURN (
        SELECT coalesce('it is routed by ' || string_agg(routable.quoted(key), ', ' ORDER BY (value ->> 'position')::bigint),
            'no runtime routes it')
        FROM jsonb_each(runtimes) WHERE routable.model_routable(key, model)
    );
END
$$;
COMMENT ON FUNCTION routable.routed_by(text) IS 'internal: the runtimes that route a model, in words';
