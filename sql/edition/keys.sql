-- Keys of ids and names, by which near misses and suggestions are found. All of them are inlined where they are called, so that a
-- release of many ids does not call a function for each.

-- The text with a dot for each run of ASCII punctuation and white space, and ASCII letters in lower case.
CREATE FUNCTION routable.dotted(written text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog.regexp_replace(pg_catalog.lower(written COLLATE pg_catalog."C"), E'[!-/:-@[-`{-~ \t-\r]+' COLLATE pg_catalog."C",
        '.', 'g')
$$;
COMMENT ON FUNCTION routable.dotted(text) IS 'internal: a text with one sign for all that does not count in a key';

-- Dots stay where they stand between two digits.
CREATE FUNCTION routable.key(written text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog.regexp_replace(routable.dotted(written), '(?<![0-9])[.]|[.](?![0-9])' COLLATE pg_catalog."C", '', 'g')
$$;
COMMENT ON FUNCTION routable.key(text) IS 'internal: what a text says if punctuation and letter case do not count';

-- The vendor's prefix is text without digits before the first slash or colon.
CREATE FUNCTION routable.vendor(written text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog."substring"(written, '^([^0-9/:]*)[/:]' COLLATE pg_catalog."C")
$$;
COMMENT ON FUNCTION routable.vendor(text) IS 'internal: the vendor that is written before a model; NULL if none is';

CREATE FUNCTION routable.behind_vendor(written text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog."substring"(written, '^[^0-9/:]*[/:](.*)$' COLLATE pg_catalog."C")
$$;
COMMENT ON FUNCTION routable.behind_vendor(text) IS 'internal: what follows the vendor; NULL if none is written';
