-- Suggestions: which known id or name somebody meant, or none. The rules and their reasons are in crates/registry/src/suggest.

-- The words and the runs of digits of a text.
CREATE FUNCTION routable.runs(written text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT found[1] FROM regexp_matches(routable.dotted(written), '[0-9]+|[^0-9.]+' COLLATE "C", 'g') AS found)
$$;
COMMENT ON FUNCTION routable.runs(text) IS 'internal: the words and the runs of digits of a text';

-- A letter that is wrong, missing or too many is a slip in words from five letters on, and two that changed places in words from
-- three on, never in digits.
CREATE FUNCTION routable.is_slip(one text, other text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    longer CONSTANT integer := greatest(length(one), length(other));
    shorter CONSTANT integer := least(length(one), length(other));
    start integer := 0;
    ending integer := 0;
BEGIN
    IF one ~ '^[0-9]' OR other ~ '^[0-9]' OR longer - shorter > 1 THEN
        RETURN false;
    END IF;
    WHILE start < shorter AND substr(one, start + 1, 1) = substr(other, start + 1, 1) LOOP
        start := start + 1;
    END LOOP;
    WHILE ending < shorter - start
        AND substr(one, length(one) - ending, 1) = substr(other, length(other) - ending, 1) LOOP
        ending := ending + 1;
    END LOOP;
    RETURN CASE longer - start - ending WHEN 1 THEN longer >= 5
        WHEN 2 THEN shorter = longer AND longer >= 3 AND substr(one, start + 1, 2) = reverse(substr(other, start + 1, 2))
        ELSE false END;
END
$$;
COMMENT ON FUNCTION routable.is_slip(text, text) IS 'internal: whether two words differ by one slip of the hand';

-- How many words of two texts differ by one slip each; NULL if there are more of these than a hand makes, or if anything else differs
-- but separators and letter case.
CREATE FUNCTION routable.slips(one text, other text) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    runs CONSTANT text[] := routable.runs(one) COLLATE "C";
    others text[];
    slips integer := 0;
BEGIN
    IF abs(octet_length(one) - octet_length(other)) > 8 THEN
        RETURN NULL;
    END IF;
    others := routable.runs(other);
    IF cardinality(runs) <> cardinality(others) THEN
        RETURN NULL;
    END IF;
    FOR position IN 1 .. cardinality(runs) LOOP
        IF runs[position] <> others[position] COLLATE "C" THEN
            slips := slips + 1;
            IF slips > 2 OR NOT routable.is_slip(runs[position], others[position]) THEN
                RETURN NULL;
            END IF;
        END IF;
    END LOOP;
    RETURN slips;
END
$$;
COMMENT ON FUNCTION routable.slips(text, text) IS 'internal: how many slips of the hand make one text of another; NULL if these do not';

-- What follows the first vendor, if that has a letter.
CREATE FUNCTION routable.bare(written text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN routable.dotted(routable.behind_vendor(written)) OPERATOR(pg_catalog.~) ('[^0-9.]' COLLATE pg_catalog."C")
        THEN routable.behind_vendor(written) END
$$;
COMMENT ON FUNCTION routable.bare(text) IS 'internal: what follows the vendor, if it is not all digits';

-- Whether a text can only be the name of a model, not a word that any vendor's model can have behind it.
CREATE FUNCTION routable.is_model_name(written text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT routable.key(written) OPERATOR(pg_catalog.~) ('^[a-z]{3}' COLLATE pg_catalog."C")
        AND written OPERATOR(pg_catalog.~) ('[0-9]' COLLATE pg_catalog."C")
$$;
COMMENT ON FUNCTION routable.is_model_name(text) IS 'internal: whether a text begins with three letters and has a digit';

-- What follows as many vendors as can be taken off, four at most, and how many these are.
CREATE FUNCTION routable.innermost(written text, OUT innermost text, OUT vendors integer)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rest text := routable.bare(written);
BEGIN
    innermost := written;
    vendors := 0;
    WHILE vendors < 4 AND routable.is_model_name(rest) LOOP
        innermost := rest;
        vendors := vendors + 1;
        rest := routable.bare(rest);
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.innermost(text) IS 'internal: a text without its vendors, and how many it has';

-- What an id has in common with a text, the likest first: 0 every byte; 1 the key; 2 the key, if a vendor is taken off both, and of
-- the vendor all but a letter; 3 the key, if a vendor is taken off one of them; 4 the key, if a vendor is taken off both; 5 the key,
-- if every vendor is taken off both, of which one of them has one at most; 6 the key, if a word before a dash, which names a
-- vendor, is taken off the text; from 7 on, all but a letter in as many words. NULL if that is not enough for a suggestion.
CREATE FUNCTION routable.likeness(written text, behind_dash text, id text) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    key CONSTANT text COLLATE "C" := routable.key(written);
    key_of_id CONSTANT text COLLATE "C" := routable.key(id);
    bare CONSTANT text COLLATE "C" := routable.key(routable.bare(written));
    bare_of_id text COLLATE "C";
    dashed CONSTANT text COLLATE "C" := routable.key(behind_dash);
    inner_of_text record;
    inner_of_id record;
BEGIN
    IF written = id COLLATE "C" THEN
        RETURN 0;
    ELSIF key = key_of_id THEN
        RETURN 1;
    ELSIF bare = key_of_id THEN
        RETURN 3;
    END IF;
    bare_of_id := routable.key(routable.bare(id));
    IF bare_of_id = key THEN
        RETURN 3;
    ELSIF bare_of_id = bare THEN
        RETURN CASE WHEN routable.slips(routable.vendor(written), routable.vendor(id)) IS NOT NULL THEN 2 ELSE 4 END;
    ELSIF dashed = key_of_id OR dashed = bare_of_id THEN
        RETURN 6;
    END IF;
    inner_of_text := routable.innermost(written);
    inner_of_id := routable.innermost(id);
    IF least(inner_of_text.vendors, inner_of_id.vendors) <= 1
        AND routable.key(inner_of_text.innermost) = routable.key(inner_of_id.innermost) COLLATE "C" THEN
        RETURN 5;
    END IF;
    RETURN 7 + routable.slips(written, id);
END
$$;
COMMENT ON FUNCTION routable.likeness(text, text, text) IS
    'internal: how an id is like a text that somebody wrote, the smaller the liker; NULL if it is not';

-- The vendor that somebody wrote before a model: text without digits before the first slash or colon, or else before the first dash.
CREATE FUNCTION routable.written_vendor(written text, OUT name text, OUT separator text)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    name := coalesce(routable.vendor(written), substring(written FROM '^([^-]*)-' COLLATE "C"));
    IF name ~ '[0-9]' COLLATE "C" OR routable.key(name) = '' THEN
        name := NULL;
    END IF;
    separator := substr(written, length(name) + 1, 1);
END
$$;
COMMENT ON FUNCTION routable.written_vendor(text) IS 'internal: the vendor that is written before a model, and what parts the two';

-- The ids of a runtime that can be like a text. Any function of likeness is too slow for all ids of a large one: those are left
-- out whose ends are different, as far as no vendor stands there, and which have other digits or another length.
CREATE FUNCTION routable.candidates(runtime text, written text, behind_dash text)
    RETURNS TABLE (is_withdrawn boolean, arm integer, entry bigint, id text)
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- By an expression and not within the query: a query is planned several times, and each time reads the registry.
    place CONSTANT integer := (routable.catalogue() -> 'runtimes' -> candidates.runtime ->> 'position')::integer - 1;
    arms CONSTANT jsonb := routable.document() -> 'runtimes' -> place -> 'arms';
BEGIN
    RETURN QUERY
        WITH text_of (tail, digits) AS MATERIALIZED (
            SELECT (SELECT replace(routable.dotted(form), '.', '')
                    FROM unnest(ARRAY[candidates.written, routable.bare(candidates.written), (routable.innermost(candidates.written)).innermost,
                    candidates.behind_dash]) AS form
                    WHERE form IS NOT NULL ORDER BY octet_length(form) LIMIT 1),
                regexp_replace(written, '[^0-9]+' COLLATE "C", '', 'g')
        )
        SELECT list.name = 'withdrawn', arm.position::integer - 1, entry.position, entry.value ->> 0
        FROM text_of,
            jsonb_array_elements(arms) WITH ORDINALITY AS arm (value, position),
            (VALUES ('models'), ('withdrawn')) AS list (name),
            jsonb_array_elements(arm.value -> list.name) WITH ORDINALITY AS entry (value, position)
        WHERE CASE WHEN right(replace(routable.dotted(entry.value ->> 0), '.', ''), length(tail)) = tail COLLATE "C" THEN true
            ELSE abs(octet_length(entry.value ->> 0) - octet_length(written)) <= 8
                AND regexp_replace(entry.value ->> 0, '[^0-9]+' COLLATE "C", '', 'g') = digits COLLATE "C" END;
END
$$;
COMMENT ON FUNCTION routable.candidates(text, text, text) IS 'internal: the ids of a runtime that can be like a text';

-- The ids of the runtime that are likest to a model which it does not offer.
CREATE FUNCTION routable.similar_models(runtime text, model text) RETURNS TABLE (name text, is_sure boolean, place bigint)
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    written CONSTANT text COLLATE "C" := routable.trimmed(model);
    vendor CONSTANT record := routable.written_vendor(written);
    vendor_key CONSTANT text COLLATE "C" := routable.key(vendor.name);
    has_vendor CONSTANT boolean := coalesce(vendor.separator <> '-', false);
    behind_dash text COLLATE "C" := CASE WHEN vendor.separator = '-' THEN substr(written, length(vendor.name) + 2) END;
    providers CONSTANT jsonb := routable.catalogue() -> 'providers';
    runtimes CONSTANT jsonb := routable.catalogue() -> 'runtimes';
    arms CONSTANT jsonb := runtimes -> similar_models.runtime -> 'arms';
    other_runtime text;
    taken CONSTANT integer[] := routable.matching_arms(similar_models.runtime, written);
    named_arms integer[];
    listing_arms integer[];
    is_vendor_known boolean;
    is_listed_elsewhere boolean := false;
BEGIN
    -- Nobody mistypes so much.
    IF octet_length(written) > 200 OR coalesce(routable.key(written), '') = '' THEN
        RETURN;
    END IF;
    IF NOT coalesce(routable.is_model_name(behind_dash), false) THEN
        behind_dash := NULL;
    END IF;
    named_arms := ARRAY(SELECT arm.position::integer - 1 FROM jsonb_array_elements(arms) WITH ORDINALITY AS arm (value, position),
            LATERAL (SELECT providers -> (arm.value ->> 'provider')) AS provider (value)
        WHERE arm.position - 1 = ANY (taken) OR vendor_key IN (provider.value ->> 'key', provider.value ->> 'upstream_key'));
    listing_arms := ARRAY(SELECT arm.position::integer - 1 FROM jsonb_array_elements(arms) WITH ORDINALITY AS arm (value, position)
        WHERE jsonb_exists(arm.value -> 'vendors', vendor_key));
    is_vendor_known := has_vendor AND (listing_arms <> '{}' OR EXISTS (
        SELECT FROM jsonb_each(providers) AS provider
        WHERE vendor_key IN (provider.value ->> 'key', provider.value ->> 'upstream_key')));
    FOR other_runtime IN SELECT jsonb_object_keys(runtimes) LOOP
        is_listed_elsewhere := jsonb_exists(routable.offered(), concat(other_runtime, E'\x1f', written))
            OR jsonb_exists(routable.withdrawn(), concat(other_runtime, E'\x1f', written));
        EXIT WHEN is_listed_elsewhere;
    END LOOP;
    RETURN QUERY
        WITH alike AS MATERIALIZED (
            SELECT candidate.*, routable.likeness(written, behind_dash, candidate.id) AS likeness,
                routable.vendor(candidate.id) AS id_vendor
            FROM routable.candidates(similar_models.runtime, written, behind_dash) AS candidate
        ), placed AS MATERIALIZED (
            -- Whose the id is: 0 the vendor's, 1 of an arm that lists ids of this vendor, 2 another's.
            SELECT alike.*, CASE
                    WHEN arm = ANY (named_arms) OR CASE WHEN id_vendor IS NOT NULL THEN routable.key(id_vendor) = vendor_key
                        ELSE routable.begins_with(id, vendor.name) END THEN 0
                    WHEN id_vendor IS NULL AND arm = ANY (listing_arms) THEN 1
                    ELSE 2
                END AS standing
            FROM alike WHERE likeness IS NOT NULL
        ), ranked AS MATERIALIZED (
            SELECT placed.*, CASE WHEN likeness IN (0, 1, 3) THEN 0 WHEN likeness >= 7 THEN 7 ELSE likeness END AS kind,
                ARRAY[(likeness >= 7)::integer, (standing = 2 AND has_vendor)::integer, likeness, standing,
                    -- A colon where the text has a slash, or the reverse: the two can be billed differently.
                    coalesce(has_vendor AND substr(id, length(id_vendor) + 1, 1) <> vendor.separator, false)::integer] AS rank
            FROM placed
            WHERE CASE
                WHEN likeness IN (0, 1, 3) THEN true
                WHEN likeness = 2 THEN standing < 2 OR NOT is_vendor_known
                WHEN likeness = 4 THEN standing < 2
                    OR coalesce(routable.is_model_name(routable.bare(written)), false) AND NOT is_vendor_known
                WHEN likeness = 5 AND id_vendor IS NOT NULL THEN standing < 2 OR routable.bare(written) IS NULL
                WHEN likeness = 5 THEN standing < 2 OR NOT is_vendor_known
                WHEN likeness = 6 THEN standing < 2
                ELSE NOT is_listed_elsewhere AND (standing < 2 OR NOT is_vendor_known)
            END
        ), gone AS (
            -- The withdrawn ids that the text means, and the arms that withdrew them.
            SELECT rank, array_agg(arm) AS arms FROM ranked WHERE is_withdrawn AND likeness < 7 GROUP BY rank ORDER BY rank LIMIT 1
        ), kept AS (
            SELECT DISTINCT ON (ranked.id) ranked.*
            FROM ranked LEFT JOIN gone ON true
            WHERE NOT is_withdrawn AND (gone.rank IS NULL OR ranked.rank < gone.rank
                -- Another spelling of the same arm and vendor.
                OR kind = 0 AND ranked.rank[2] = gone.rank[2] AND arm = ANY (gone.arms))
            ORDER BY ranked.id, ranked.rank, arm, entry
        ), best AS (
            SELECT kept.*, row_number() OVER (ORDER BY rank, arm, entry) AS rank_place,
                first_value(kind) OVER (ORDER BY rank, arm, entry) AS best_kind,
                first_value(rank[2]) OVER (ORDER BY rank, arm, entry) AS best_other
            FROM kept
        )
        SELECT best.id, likeness IN (0, 1) OR likeness IN (3, 4) AND standing < 2
                OR likeness = 3 AND taken = '{}' AND NOT is_vendor_known, rank_place
        FROM best WHERE rank_place <= 3 AND kind = best_kind AND rank[2] = best_other
        ORDER BY rank_place;
END
$$;
COMMENT ON FUNCTION routable.similar_models(text, text) IS 'internal: the ids of a runtime that are likest to a text, the best first';

-- Whether an id begins with the vendor, however it is set apart.
CREATE FUNCTION routable.begins_with(id text, vendor text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT pg_catalog.lower(pg_catalog.left(id, pg_catalog.length(vendor)) COLLATE pg_catalog."C")
            OPERATOR(pg_catalog.=) pg_catalog.lower(vendor COLLATE pg_catalog."C")
        AND pg_catalog.substr(id, pg_catalog.length(vendor) OPERATOR(pg_catalog.+) 1, 1)
            OPERATOR(pg_catalog.~) (E'[!-/:-@[-`{-~ \t-\r]' COLLATE pg_catalog."C")
$$;
COMMENT ON FUNCTION routable.begins_with(text, text) IS 'internal: whether an id begins with a vendor that is set apart';

-- The runtimes that are likest to one which the registry does not know.
CREATE FUNCTION routable.similar_runtimes(runtime text) RETURNS TABLE (name text, is_sure boolean, place bigint)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH known (name, part, position) AS (
        SELECT key, 1, (value ->> 'position')::bigint FROM jsonb_each(routable.catalogue() -> 'runtimes')
        UNION ALL
        SELECT external.name, 2, external.position
        FROM jsonb_array_elements_text(routable.catalogue() -> 'external_runtimes') WITH ORDINALITY AS external (name, position)
    ), alike AS (
        SELECT known.*, CASE WHEN routable.key(known.name) = routable.key(runtime) COLLATE "C" THEN 0
                ELSE 1 + routable.slips(runtime, known.name) END AS likeness
        FROM known WHERE octet_length(runtime) <= 200 AND routable.key(runtime) <> '' COLLATE "C"
    ), best AS (
        SELECT alike.*, row_number() OVER (ORDER BY likeness, part, position) AS place,
            min(likeness) OVER () = 0 AS is_same_key
        FROM alike WHERE likeness IS NOT NULL
    )
    SELECT name, likeness = 0, place FROM best WHERE place <= 3 AND (likeness = 0) = is_same_key ORDER BY place
$$;
COMMENT ON FUNCTION routable.similar_runtimes(text) IS 'internal: the runtimes that are likest to a name, the best first';

-- What was probably meant, at most three, the best first.
CREATE FUNCTION routable.suggestions(runtime text, model text, code text, listings jsonb)
    RETURNS TABLE (name text, is_sure boolean, place bigint)
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    replacement CONSTANT text COLLATE "C" := CASE WHEN code = 'MODEL_WITHDRAWN' THEN routable.replacement_of(listings) END;
BEGIN
    IF code = 'UNKNOWN_RUNTIME' THEN
        RETURN QUERY SELECT * FROM routable.similar_runtimes(suggestions.runtime);
    ELSIF code NOT IN ('NO_MODEL', 'EXTERNAL_RUNTIME', 'REGISTERED') THEN
        RETURN QUERY
            SELECT meant.name, meant.is_sure, row_number() OVER (ORDER BY meant.place)
            FROM (
                SELECT replacement AS name, true AS is_sure, 0 AS place WHERE replacement IS NOT NULL
                UNION ALL
                SELECT * FROM routable.similar_models(suggestions.runtime, suggestions.model) AS alike
                WHERE alike.name IS DISTINCT FROM replacement
            ) AS meant
            ORDER BY meant.place LIMIT 3;
    END IF;
END
$$;
COMMENT ON FUNCTION routable.suggestions(text, text, text, jsonb) IS
    'internal: what was probably meant by a pair with this code, and whether it can be taken without asking';
