-- Releases: registries that this database was given at run time. The last one is in force. The lookup reads the table without a
-- query, by its columns' positions (src/in_force.rs).

CREATE TABLE routable.release_store (
    number integer PRIMARY KEY CHECK (number > 0),
    released_at timestamptz NOT NULL,
    released_by text NOT NULL,
    note text,
    source text,
    sha256 text NOT NULL,
    runtimes bigint NOT NULL,
    providers bigint NOT NULL,
    models bigint NOT NULL,
    image bytea
);
-- Each backend reads the image after each release, and unpacking takes longer than reading.
ALTER TABLE routable.release_store ALTER image SET STORAGE EXTERNAL;
-- Whoever dumps the database reads the table, and routable.releases shows everybody what is in it.
REVOKE ALL ON routable.release_store FROM PUBLIC;
GRANT SELECT ON routable.release_store TO PUBLIC;
COMMENT ON TABLE routable.release_store IS
    'internal: the releases; use routable.release() and routable.releases';
COMMENT ON COLUMN routable.release_store.number IS 'counts from 1; the highest is in force';
COMMENT ON COLUMN routable.release_store.released_at IS 'when its transaction began';
COMMENT ON COLUMN routable.release_store.released_by IS 'the role that called routable.release() or routable.revert()';
COMMENT ON COLUMN routable.release_store.note IS 'what that role said about it';
COMMENT ON COLUMN routable.release_store.source IS 'the text of the file; NULL is the built-in registry';
COMMENT ON COLUMN routable.release_store.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.release_store.runtimes IS 'how many';
COMMENT ON COLUMN routable.release_store.providers IS 'how many';
COMMENT ON COLUMN routable.release_store.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.release_store.image IS 'the compiled form, made by the server of the text';

CREATE VIEW routable.releases AS
    SELECT number, released_at, released_by, note, sha256, runtimes, providers, models, source
    FROM routable.release_store;
COMMENT ON VIEW routable.releases IS 'the registries that this database was given at run time; the last one is in force';
COMMENT ON COLUMN routable.releases.number IS 'counts from 1';
COMMENT ON COLUMN routable.releases.released_at IS 'when its transaction began';
COMMENT ON COLUMN routable.releases.released_by IS 'the role that released it';
COMMENT ON COLUMN routable.releases.note IS 'what that role said about it';
COMMENT ON COLUMN routable.releases.sha256 IS 'of the file''s bytes';
COMMENT ON COLUMN routable.releases.runtimes IS 'how many';
COMMENT ON COLUMN routable.releases.providers IS 'how many';
COMMENT ON COLUMN routable.releases.models IS 'ids, each time one is listed';
COMMENT ON COLUMN routable.releases.source IS 'the text of the file; NULL is the built-in registry';
