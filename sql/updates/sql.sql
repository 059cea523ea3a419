-- The releases, compiled anew.
INSERT INTO routable.release_store (number, released_at, released_by, note, source)
    SELECT number, released_at, released_by, note, source FROM routable.edition_store ORDER BY number;
DROP TABLE routable.edition_store;
