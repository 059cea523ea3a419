-- The registry in force, as one row.

CREATE FUNCTION routable.registry_in_force(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text, OUT built_in_sha256 text, OUT release integer
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'registry_itself_0_3_wrapper';
COMMENT ON FUNCTION routable.registry_in_force() IS 'internal: a row of the view routable.registry';

-- The columns that it had before come first, since a view is replaced by one that has more.
CREATE VIEW routable.registry AS
    SELECT registry.schema_version, registry.sha256, registry.runtimes, registry.providers, registry.models,
        registry.extension_version,
        CASE WHEN release.source IS NULL THEN 'built in' ELSE 'release' END AS source,
        registry.release, release.released_at, release.released_by, release.note, registry.built_in_sha256
    FROM routable.registry_in_force() AS registry LEFT JOIN routable.release_store AS release ON release.number = registry.release;
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
