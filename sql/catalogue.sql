-- The registry as views, in its declared order.

CREATE FUNCTION routable.registry_runtimes(
    OUT runtime text, OUT display_name text, OUT default_model text, OUT models bigint, OUT providers bigint
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 10
    AS 'MODULE_PATHNAME', 'registry_runtimes_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_runtimes() IS 'internal: the rows of the view routable.runtimes';

CREATE VIEW routable.runtimes AS SELECT * FROM routable.registry_runtimes();
COMMENT ON VIEW routable.runtimes IS 'the runtimes of the registry, and the model that each starts with';
COMMENT ON COLUMN routable.runtimes.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.runtimes.display_name IS 'for people; may be missing';
COMMENT ON COLUMN routable.runtimes.default_model IS 'what a workspace starts with';
COMMENT ON COLUMN routable.runtimes.models IS 'how many ids can be selected';
COMMENT ON COLUMN routable.runtimes.providers IS 'how many providers it can use';

CREATE FUNCTION routable.registry_providers(
    OUT provider text, OUT display_name text, OUT billing text, OUT auth_env text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 50
    AS 'MODULE_PATHNAME', 'registry_providers_0_2_wrapper';
COMMENT ON FUNCTION routable.registry_providers() IS 'internal: the rows of the view routable.providers';

CREATE VIEW routable.providers AS SELECT * FROM routable.registry_providers();
COMMENT ON VIEW routable.providers IS 'the providers of the registry: who bills, and which variables authenticate';
COMMENT ON COLUMN routable.providers.provider IS 'its name in the registry';
COMMENT ON COLUMN routable.providers.display_name IS 'for people';
COMMENT ON COLUMN routable.providers.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.providers.auth_env IS 'variables, of which one is needed';

CREATE FUNCTION routable.listed_models(
    OUT runtime text, OUT model text, OUT provider text, OUT billing text, OUT status text, OUT pattern text, OUT retires date,
    OUT since date, OUT replacement text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 100
    AS 'MODULE_PATHNAME', 'registry_models_0_3_wrapper';
COMMENT ON FUNCTION routable.listed_models() IS 'internal: the rows of the view routable.models';

-- What an earlier version had comes first, since a view is replaced by one that has more.
CREATE VIEW routable.models AS SELECT * FROM routable.listed_models();
COMMENT ON VIEW routable.models IS
    'what each runtime takes: a row for each model id that it lists, and one for each pattern that it routes by';
COMMENT ON COLUMN routable.models.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.models.model IS 'an id that the provider lists';
COMMENT ON COLUMN routable.models.provider IS 'as in routable.providers';
COMMENT ON COLUMN routable.models.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.models.status IS 'default, offered or withdrawn';
COMMENT ON COLUMN routable.models.pattern IS 'matches ids that are not listed';
COMMENT ON COLUMN routable.models.retires IS 'the day on which the vendor retires the id';
COMMENT ON COLUMN routable.models.since IS 'the day since which it is withdrawn';
COMMENT ON COLUMN routable.models.replacement IS 'the id to use instead';
