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
        keys (place, key) AS (
            SELECT E'\x01', routable.key(runtime.value ->> 'name') FROM jsonb_array_elements(document -> 'runtimes') AS runtime
            UNION ALL
            SELECT concat(runtime, E'\x1f'), routable.key(id) FROM listed
            UNION ALL
            SELECT concat(runtime, E'\x1f'), routable.key(routable.behind_vendor(id)) FROM listed
        )
    SELECT coalesce(jsonb_object_agg(concat(place, key), 1), '{}') FROM keys WHERE key <> ''
$$;
COMMENT ON FUNCTION routable.near_keys_of(jsonb) IS 'internal: what the function near_keys holds';

-- Providers and runtimes by name, each with its position. Of a runtime's ids, as many as messages show, and the vendors that are
-- written before them.
CREATE FUNCTION routable.catalogue_of(document jsonb, release jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH listed AS (
        SELECT runtime, id, row_number() OVER (PARTITION BY runtime, id ORDER BY arm_position, entry_position) AS time,
            arm_position, entry_position
        FROM routable.ids_of(document, 'models')
    ), distinct_ids AS (
        SELECT runtime, id, row_number() OVER (PARTITION BY runtime ORDER BY arm_position, entry_position) AS position
        FROM listed WHERE time = 1
    ), shown AS (
        SELECT runtime, count(*) AS ids, jsonb_agg(id ORDER BY position) FILTER (WHERE position <= 3) AS first_ids
        FROM distinct_ids GROUP BY runtime
    ), vendors AS (
        SELECT runtime, arm_position, routable.key(vendor) AS key
        FROM (SELECT DISTINCT runtime, arm_position, routable.vendor(id) FROM listed) AS written (runtime, arm_position, vendor)
        WHERE vendor IS NOT NULL
    ), runtimes AS (
        SELECT runtime.value ->> 'name' AS name, runtime.value - 'arms' || jsonb_build_object(
            'position', runtime.position,
            'arms', (SELECT jsonb_agg(arm.value - 'models' - 'withdrawn' || jsonb_build_object('vendors', coalesce((
                    SELECT jsonb_object_agg(vendors.key, 1) FROM vendors
                    WHERE vendors.runtime = runtime.value ->> 'name' AND vendors.arm_position = arm.position - 1), '{}')) ORDER BY arm.position)
                FROM jsonb_array_elements(runtime.value -> 'arms') WITH ORDINALITY AS arm (value, position)),
            'ids', coalesce(shown.ids, 0), 'first_ids', coalesce(shown.first_ids, '[]')) AS value
        FROM jsonb_array_elements(document -> 'runtimes') WITH ORDINALITY AS runtime (value, position)
            LEFT JOIN shown ON shown.runtime = runtime.value ->> 'name'
    )
    SELECT document - 'runtimes' - 'providers' || jsonb_build_object(
        'release', release,
        'models', (SELECT count(*) FROM listed),
        'providers', (SELECT jsonb_object_agg(provider.value ->> 'name', provider.value || jsonb_build_object(
                'position', provider.position, 'key', routable.key(provider.value ->> 'name'),
                'upstream_key', routable.key(provider.value ->> 'upstream_vendor')))
            FROM jsonb_array_elements(document -> 'providers') WITH ORDINALITY AS provider (value, position)),
        'runtimes', (SELECT jsonb_object_agg(name, value) FROM runtimes))
$$;
COMMENT ON FUNCTION routable.catalogue_of(jsonb, jsonb) IS 'internal: what the function catalogue holds';

CREATE FUNCTION routable.use_registry(document jsonb, release jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT 'offered' AS name, routable.listings(document, 'models') AS value
        UNION ALL SELECT 'withdrawn', routable.listings(document, 'withdrawn')
        UNION ALL SELECT 'patterns', jsonb_object_agg(runtime.value ->> 'name', (
                SELECT coalesce(jsonb_agg(arm.value ->> 'regex' ORDER BY arm.position), '[]')
                FROM jsonb_array_elements(runtime.value -> 'arms') WITH ORDINALITY AS arm (value, position)
                WHERE arm.value ->> 'regex' IS NOT NULL))
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
