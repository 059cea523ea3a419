-- The rows of the views over the registry (views.sql), in its declared order.

CREATE FUNCTION routable.registry_runtimes(
    OUT runtime text, OUT display_name text, OUT default_model text, OUT models bigint, OUT providers bigint
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 10
    AS 'MODULE_PATHNAME', 'registry_runtimes_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_runtimes() IS 'internal: the rows of the view routable.runtimes';

CREATE FUNCTION routable.registry_providers(
    OUT provider text, OUT display_name text, OUT billing text, OUT auth_env text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'registry_providers_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_providers() IS 'internal: the rows of the view routable.providers';

CREATE FUNCTION routable.listed_models(
    OUT runtime text, OUT model text, OUT provider text, OUT billing text, OUT status text, OUT pattern text, OUT retires date,
    OUT since date, OUT replacement text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 100
    AS 'MODULE_PATHNAME', 'registry_models_0_3_wrapper';
COMMENT ON FUNCTION routable.listed_models() IS 'internal: the rows of the view routable.models';

-- The columns that the view had before come first, since a view is replaced by one that has more.
CREATE FUNCTION routable.registry_in_force(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text, OUT source text, OUT release integer, OUT released_at timestamptz, OUT released_by text,
    OUT note text, OUT built_in_sha256 text, OUT external_runtimes text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'registry_itself_0_3_wrapper';
COMMENT ON FUNCTION routable.registry_in_force() IS 'internal: the row of the view routable.registry';
