-- The registry as views, in its declared order.

CREATE FUNCTION routable.registry_runtimes(
    OUT runtime text, OUT display_name text, OUT default_model text, OUT providers text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 10
    AS 'MODULE_PATHNAME', 'registry_runtimes_wrapper';
COMMENT ON FUNCTION routable.registry_runtimes() IS 'the rows of the view routable.runtimes';

CREATE VIEW routable.runtimes AS SELECT * FROM routable.registry_runtimes();
COMMENT ON VIEW routable.runtimes IS
    'the runtimes of the registry, with the model that each starts with and the providers that it can use';

CREATE FUNCTION routable.registry_providers(
    OUT provider text, OUT display_name text, OUT billing text, OUT auth_env text[], OUT pattern text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'registry_providers_wrapper';
COMMENT ON FUNCTION routable.registry_providers() IS 'the rows of the view routable.providers';

CREATE VIEW routable.providers AS SELECT * FROM routable.registry_providers();
COMMENT ON VIEW routable.providers IS
    'the providers of the registry: who bills, which variables authenticate, which model ids match by pattern';

CREATE FUNCTION routable.registry_models(
    OUT runtime text, OUT model text, OUT pattern text, OUT provider text, OUT billing text, OUT withdrawn boolean,
    OUT is_default boolean
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 100
    AS 'MODULE_PATHNAME', 'registry_models_wrapper';
COMMENT ON FUNCTION routable.registry_models() IS 'the rows of the view routable.models';

CREATE VIEW routable.models AS SELECT * FROM routable.registry_models();
COMMENT ON VIEW routable.models IS
    'what each runtime takes: a row for each model id that it lists, and one for each pattern that it routes by';

CREATE FUNCTION routable.registry_itself(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'registry_itself_wrapper';
COMMENT ON FUNCTION routable.registry_itself() IS 'the row of the view routable.registry';

CREATE VIEW routable.registry AS SELECT * FROM routable.registry_itself();
COMMENT ON VIEW routable.registry IS
    'which registry this library was built with: its version, the SHA-256 of the file, how much is in it';

GRANT SELECT ON routable.runtimes, routable.providers, routable.models, routable.registry TO PUBLIC;
