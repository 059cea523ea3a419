-- The registry as views, in its declared order, and the registry in force as one row.

CREATE VIEW routable.runtimes AS SELECT * FROM routable.registry_runtimes();
COMMENT ON VIEW routable.runtimes IS 'the runtimes of the registry, and the model that each starts with';
COMMENT ON COLUMN routable.runtimes.runtime IS 'as stored in the runtime column';
COMMENT ON COLUMN routable.runtimes.display_name IS 'for people; may be missing';
COMMENT ON COLUMN routable.runtimes.default_model IS 'what a workspace starts with';
COMMENT ON COLUMN routable.runtimes.models IS 'how many ids can be selected';
COMMENT ON COLUMN routable.runtimes.providers IS 'how many providers it can use';

CREATE VIEW routable.providers AS SELECT * FROM routable.registry_providers();
COMMENT ON VIEW routable.providers IS 'the providers of the registry: who bills, and which variables authenticate';
COMMENT ON COLUMN routable.providers.provider IS 'its name in the registry';
COMMENT ON COLUMN routable.providers.display_name IS 'for people';
COMMENT ON COLUMN routable.providers.billing IS 'platform_managed or byok';
COMMENT ON COLUMN routable.providers.auth_env IS 'variables, of which one is needed';

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

CREATE VIEW routable.registry AS SELECT * FROM routable.registry_in_force();
COMMENT ON VIEW routable.registry IS 'which registry is in force, where it comes from, and how much is in it';
COMMENT ON COLUMN routable.registry.schema_version IS 'of the file''s format';
COMMENT ON COLUMN routable.registry.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.registry.runtimes IS 'how many';
COMMENT ON COLUMN routable.registry.providers IS 'how many';
COMMENT ON COLUMN routable.registry.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.registry.extension_version IS 'of the library';
COMMENT ON COLUMN routable.registry.source IS 'built in, or release';
COMMENT ON COLUMN routable.registry.release IS 'the number of the last release; NULL if there is none';
COMMENT ON COLUMN routable.registry.released_at IS 'when that was';
COMMENT ON COLUMN routable.registry.released_by IS 'the role that released it';
COMMENT ON COLUMN routable.registry.note IS 'what that role said about it';
COMMENT ON COLUMN routable.registry.built_in_sha256 IS 'of the file that the library was built with';
COMMENT ON COLUMN routable.registry.external_runtimes IS 'runtimes whose models it does not judge';
