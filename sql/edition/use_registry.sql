-- What a release puts in the place of the functions that hold the registry (registry_functions.sql).

CREATE FUNCTION routable.ids_of(document jsonb, list text)
    RETURNS TABLE (runtime text, runtime_position bigint, arm_position bigint, provider text, entry_position bigint, id text, day text,
        replacement text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1000
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT runtime.value ->> 'name', runtime.position, arm.position - 1, arm.value ->> 'provider', entry.position,
        entry.value ->> 0, entry.value ->> 1, entry.value ->> 2
    FROM jsonb_array_elements(document -> 'runtimes') WITH ORDINALITY AS runtime (value, position),
        jsonb_array_elements(runtime.value -> 'arms') WITH ORDINALITY AS arm (value, position),
        jsonb_array_elements(arm.value -> list) WITH ORDINALITY AS entry (value, position)
$$;
COMMENT ON FUNCTION routable.ids_of(jsonb, text) IS 'internal: the ids of a registry''s arms, offered (models) or withdrawn';

-- Who lists an id: for each arm in order its position, the day and the replacement.
CREATE FUNCTION routable.listings(document jsonb, list text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(jsonb_object_agg(pair, arms), '{}')
    FROM (
        SELECT concat(runtime, E'\x1f', id), jsonb_agg(CASE WHEN day IS NULL AND replacement IS NULL THEN jsonb_build_array(arm_position)
            ELSE jsonb_build_array(arm_position, day, replacement) END ORDER BY arm_position)
        FROM routable.ids_of(document, list) GROUP BY 1
    ) AS listed (pair, arms)
$$;
COMMENT ON FUNCTION routable.listings(jsonb, text) IS 'internal: what the functions offered and withdrawn hold';

CREATE FUNCTION routable.near_keys_of(document jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH listed AS (SELECT runtime, id FROM routable.ids_of(document, 'models')),
        keys (place, key) AS MATERIALIZED (
            SELECT E'\x01', routable.key(runtime.value ->> 'name') FROM jsonb_array_elements(document -> 'runtimes') AS runtime
            UNION ALL
            SELECT concat(runtime, E'\x1f'), routable.key(id) FROM listed
            UNION ALL
            SELECT concat(runtime, E'\x1f'), routable.key(routable.behind_vendor(id)) FROM listed
        )
    SELECT coalesce(jsonb_object_agg(concat(place, key), 1), '{}') FROM keys WHERE key <> ''
$$;
COMMENT ON FUNCTION routable.near_keys_of(jsonb) IS 'internal: what the function near_keys holds';

-- The arms of a runtime without their ids, but with the vendors that are written before these; how many ids there are, and as many of
-- them as messages show.
CREATE FUNCTION routable.shown_of(arms jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT jsonb_build_object('ids', count(*), 'first_ids', coalesce(jsonb_agg(id ORDER BY place) FILTER (WHERE place <= 3), '[]'))
        FROM (
            SELECT id, row_number() OVER (ORDER BY min(ARRAY[arm.position, entry.position])) AS place
            FROM jsonb_array_elements(arms) WITH ORDINALITY AS arm (value, position),
                jsonb_array_elements(arm.value -> 'models') WITH ORDINALITY AS entry (value, position),
                LATERAL (SELECT entry.value ->> 0) AS text (id)
            GROUP BY id
        ) AS distinct_ids
    ) || jsonb_build_object('arms', (
        SELECT jsonb_agg(arm.value - 'models' - 'withdrawn' || jsonb_build_object('vendors', (
                SELECT coalesce(jsonb_object_agg(routable.key(vendor), 1), '{}')
                FROM (SELECT DISTINCT routable.vendor(entry ->> 0) FROM jsonb_array_elements(arm.value -> 'models') AS entry) AS written (vendor)
                WHERE vendor IS NOT NULL)) ORDER BY arm.position)
        FROM jsonb_array_elements(arms) WITH ORDINALITY AS arm (value, position)
    ));
END
$$;
COMMENT ON FUNCTION routable.shown_of(jsonb) IS 'internal: what the function catalogue holds of the arms of a runtime';

-- Providers and runtimes by name, each with its position.
CREATE FUNCTION routable.catalogue_of(document jsonb, release jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT document - 'runtimes' - 'providers' || jsonb_build_object(
        'release', release,
        'models', (SELECT sum(jsonb_array_length(arm -> 'models'))
            FROM jsonb_array_elements(document -> 'runtimes') AS runtime, jsonb_array_elements(runtime -> 'arms') AS arm),
        'providers', (SELECT jsonb_object_agg(provider.value ->> 'name', provider.value || jsonb_build_object(
                'position', provider.position, 'key', routable.key(provider.value ->> 'name'),
                'upstream_key', routable.key(provider.value ->> 'upstream_vendor')))
            FROM jsonb_array_elements(document -> 'providers') WITH ORDINALITY AS provider (value, position)),
        'runtimes', (SELECT jsonb_object_agg(runtime.value ->> 'name', runtime.value - 'arms' || routable.shown_of(runtime.value -> 'arms')
                || jsonb_build_object('position', runtime.position))
            FROM jsonb_array_elements(document -> 'runtimes') WITH ORDINALITY AS runtime (value, position)))
$$;
COMMENT ON FUNCTION routable.catalogue_of(jsonb, jsonb) IS 'internal: what the function catalogue holds';

-- By the first character of an id: the patterns that can match it. Under the empty text: those that can match any other id.
CREATE FUNCTION routable.patterns_of(arms jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH pattern AS (
        SELECT arm.position, arm.value ->> 'regex' AS regex, regexp_split_to_array(arm.value ->> 'first', '') AS firsts
        FROM jsonb_array_elements(arms) WITH ORDINALITY AS arm (value, position)
        WHERE arm.value ->> 'regex' IS NOT NULL
    )
    SELECT coalesce(jsonb_object_agg(first, regexes), '{}')
    FROM (
        SELECT first COLLATE "C" AS first, jsonb_agg(regex ORDER BY position) AS regexes
        FROM (SELECT DISTINCT unnest(firsts) FROM pattern UNION SELECT '') AS firsts (first), pattern
        WHERE pattern.firsts IS NULL OR first = ANY (pattern.firsts)
        GROUP BY 1
    ) AS by_first
$$;
COMMENT ON FUNCTION routable.patterns_of(jsonb) IS 'internal: what the function patterns holds of the arms of a runtime';

CREATE FUNCTION routable.use_registry(document jsonb, release jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    held record;
BEGIN
    -- One that PostgreSQL does not compile ends the release, and not a lookup.
    PERFORM '' ~ regex FROM jsonb_array_elements(document -> 'runtimes') AS runtime, jsonb_array_elements(runtime -> 'arms') AS arm,
        LATERAL (SELECT arm ->> 'regex' COLLATE "C") AS pattern (regex);
    FOR held IN
        SELECT 'offered' AS name, routable.listings(document, 'models') AS value
        UNION ALL SELECT 'withdrawn', routable.listings(document, 'withdrawn')
        UNION ALL SELECT 'patterns', jsonb_object_agg(runtime ->> 'name', routable.patterns_of(runtime -> 'arms'))
            FROM jsonb_array_elements(document -> 'runtimes') AS runtime
        UNION ALL SELECT 'externals', (SELECT coalesce(jsonb_object_agg(name, 1), '{}')
            FROM jsonb_array_elements_text(document -> 'external_runtimes') AS name)
        UNION ALL SELECT 'near_keys', routable.near_keys_of(document)
        UNION ALL SELECT 'catalogue', routable.catalogue_of(document, release)
        UNION ALL SELECT 'document', document
    LOOP
        -- A literal with backslashes is one that means the same in every session.
        EXECUTE format('CREATE OR REPLACE FUNCTION routable.%I() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS %L',
            held.name, format('SELECT %L::pg_catalog.jsonb', held.value));
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.use_registry(jsonb, jsonb) IS
    'internal: writes the functions that hold the registry; from the transaction''s commit on, every session judges by them';
