-- The registry in force, as one row.

-- The columns that the view had before come first, since a view is replaced by one that has more.
CREATE FUNCTION routable.registry_in_force(
    OUT schema_version integer, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint,
    OUT extension_version text, OUT source text, OUT release integer, OUT released_at timestamptz, OUT released_by text,
    OUT note text, OUT built_in_sha256 text, OUT external_runtimes text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'registry_itself_0_3_wrapper';
COMMENT ON FUNCTION routable.registry_in_force() IS 'internal: the row of the view routable.registry';

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
