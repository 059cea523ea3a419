-- The rows of the views over the registry (views.sql), in its declared order.

CREATE FUNCTION routable.registry_runtimes(
    OUT runtime text, OUT display_name text, OUT default_model text, OUT models bigint, OUT providers bigint
) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT value ->> 'name', value ->> 'display_name', value ->> 'default_model', (value ->> 'ids')::bigint,
        jsonb_array_length(value -> 'arms')
    FROM jsonb_each(routable.catalogue() -> 'runtimes') ORDER BY (value ->> 'position')::bigint
$$;
COMMENT ON FUNCTION routable.registry_runtimes() IS 'internal: the rows of the view routable.runtimes';

CREATE FUNCTION routable.registry_providers(
    OUT provider text, OUT display_name text, OUT billing text, OUT auth_env text[]
) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT value ->> 'name', value ->> 'display_name', value ->> 'billing',
        ARRAY(SELECT name FROM jsonb_array_elements_text(value -> 'auth_env') WITH ORDINALITY AS variable (name, position)
            ORDER BY position)
    FROM jsonb_each(routable.catalogue() -> 'providers') ORDER BY (value ->> 'position')::bigint
$$;
COMMENT ON FUNCTION routable.registry_providers() IS 'internal: the rows of the view routable.providers';

CREATE FUNCTION routable.listed_models(
    OUT runtime text, OUT model text, OUT provider text, OUT billing text, OUT status text, OUT pattern text, OUT retires date,
    OUT since date, OUT replacement text
) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH registry (document, providers, runtimes) AS (
        SELECT routable.document(), routable.catalogue() -> 'providers', routable.catalogue() -> 'runtimes'
    ), row (runtime, runtime_position, arm_position, part, position, model, provider, status, pattern, retires, since, replacement) AS (
        SELECT ids.runtime, runtime_position, arm_position, 1, entry_position, id, provider,
            CASE WHEN id = runtimes #>> ARRAY[ids.runtime, 'default_model'] THEN 'default' ELSE 'offered' END,
            NULL, day::date, NULL::date, replacement
        FROM registry, routable.ids_of(document, 'models') AS ids
        UNION ALL
        SELECT ids.runtime, runtime_position, arm_position, 2, entry_position, id, provider, 'withdrawn', NULL, NULL, day::date, replacement
        FROM registry, routable.ids_of(document, 'withdrawn') AS ids
        UNION ALL
        SELECT runtime.value ->> 'name', (runtime.value ->> 'position')::bigint, arm.position - 1, 3, 1, NULL,
            arm.value ->> 'provider', NULL, arm.value ->> 'pattern', NULL, NULL, NULL
        FROM registry, jsonb_each(runtimes) AS runtime,
            jsonb_array_elements(runtime.value -> 'arms') WITH ORDINALITY AS arm (value, position)
        WHERE arm.value ->> 'pattern' IS NOT NULL
    )
    SELECT row.runtime, row.model, row.provider, providers #>> ARRAY[row.provider, 'billing'], row.status, row.pattern, row.retires,
        row.since, row.replacement
    FROM row, registry
    ORDER BY row.runtime_position, row.arm_position, row.part, row.position
$$;
COMMENT ON FUNCTION routable.listed_models() IS 'internal: the rows of the view routable.models';

CREATE FUNCTION routable.registry_in_force(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text, OUT source text, OUT release integer, OUT released_at timestamptz, OUT released_by text,
    OUT note text, OUT built_in_sha256 text, OUT external_runtimes text[]
) RETURNS SETOF record
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (held ->> 'schema_version')::integer, held ->> 'sha256', (SELECT count(*) FROM jsonb_object_keys(held -> 'runtimes')),
        (SELECT count(*) FROM jsonb_object_keys(held -> 'providers')), (held ->> 'models')::bigint, '@version@', 'release',
        (held #>> '{release,number}')::integer, (held #>> '{release,released_at}')::timestamptz, held #>> '{release,released_by}',
        held #>> '{release,note}', NULL::text,
        ARRAY(SELECT name FROM jsonb_array_elements_text(held -> 'external_runtimes') WITH ORDINALITY AS runtime (name, position)
            ORDER BY position)
    FROM routable.catalogue() AS held
$$;
COMMENT ON FUNCTION routable.registry_in_force() IS 'internal: the row of the view routable.registry';
