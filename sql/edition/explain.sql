-- Answers that say more than yes or no.

-- The code of a pair, and who lists the id: for each arm its position, the day and the replacement. Of an id that patterns take,
-- the arms of these.
CREATE FUNCTION routable.verdict(
    runtime text, model text, OUT code text, OUT is_near_miss boolean, OUT listings jsonb, OUT arms integer[]
)
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id CONSTANT text := routable.trimmed(model);
    pair CONSTANT text := runtime || E'\x1f' || id;
BEGIN
    code := routable.code(runtime, model);
    is_near_miss := routable.is_near_miss(code, runtime, model);
    IF code = 'REGISTERED' THEN
        listings := routable.offered() -> pair;
    ELSIF code = 'MODEL_WITHDRAWN' THEN
        listings := routable.withdrawn() -> pair;
    ELSIF code IN ('ROUTABLE_BY_PREFIX', 'AMBIGUOUS_PROVIDER') THEN
        arms := routable.matching_arms(runtime, id);
    END IF;
    IF listings IS NOT NULL THEN
        arms := ARRAY(SELECT (listing.value ->> 0)::integer
            FROM jsonb_array_elements(listings) WITH ORDINALITY AS listing (value, position) ORDER BY position);
    END IF;
END
$$;
COMMENT ON FUNCTION routable.verdict(text, text) IS 'internal: the code of a pair, and what it stands on';

CREATE FUNCTION routable.matching_arms(runtime text, id text) RETURNS integer[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    of_runtime CONSTANT jsonb := routable.catalogue() -> 'runtimes' -> runtime -> 'arms';
BEGIN
    RETURN (
        SELECT ARRAY(SELECT position::integer - 1
            FROM jsonb_array_elements(of_runtime) WITH ORDINALITY AS arm (value, position)
            WHERE id COLLATE "C" ~ (arm.value ->> 'regex') ORDER BY position)
    );
END
$$;
COMMENT ON FUNCTION routable.matching_arms(text, text) IS 'internal: the arms of a runtime whose patterns match an id';

-- The only provider, or the only one whose auth_env meets the caller's variables; else the first that lists the id, or none by
-- pattern.
CREATE FUNCTION routable.provider_of(runtime text, arms integer[], is_listed boolean, auth_env text[]) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    of_runtime CONSTANT jsonb := routable.catalogue() -> 'runtimes' -> runtime -> 'arms';
    providers CONSTANT jsonb := routable.catalogue() -> 'providers';
BEGIN
    RETURN (
        SELECT CASE WHEN count(*) = 1 THEN min(name)
            WHEN count(*) FILTER (WHERE meets) = 1 THEN min(name) FILTER (WHERE meets)
            WHEN is_listed THEN (array_agg(name ORDER BY position))[1] END
        FROM unnest(arms) WITH ORDINALITY AS arm (number, position),
            LATERAL (SELECT of_runtime -> arm.number ->> 'provider') AS provider (name),
            LATERAL (SELECT EXISTS (
                SELECT FROM jsonb_array_elements_text(providers -> name -> 'auth_env') AS variable
                WHERE variable = ANY (auth_env))) AS wanted (meets)
    );
END
$$;
COMMENT ON FUNCTION routable.provider_of(text, integer[], boolean, text[]) IS
    'internal: the provider that a verdict stands for, with these variables set';

-- The id that takes the place of a listed one: of the first arm that names one.
CREATE FUNCTION routable.replacement_of(listings jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT listing.value ->> 2 FROM jsonb_array_elements(listings) WITH ORDINALITY AS listing (value, position)
    WHERE listing.value ->> 2 IS NOT NULL ORDER BY position LIMIT 1
$$;
COMMENT ON FUNCTION routable.replacement_of(jsonb) IS 'internal: what replaces a listed id';

-- The day on which all vendors have retired an offered id; none if one of them goes on with it.
CREATE FUNCTION routable.retires(code text, listings jsonb) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN count(*) = count(listing ->> 1) THEN max((listing ->> 1)::date) END
    FROM jsonb_array_elements(listings) AS listing WHERE code = 'REGISTERED'
$$;
COMMENT ON FUNCTION routable.retires(text, jsonb) IS 'internal: the day on which an offered id is retired';

-- The day from which an id is withdrawn, by the first arm that names one.
CREATE FUNCTION routable.since(code text, listings jsonb) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (listing.value ->> 1)::date FROM jsonb_array_elements(listings) WITH ORDINALITY AS listing (value, position)
    WHERE code = 'MODEL_WITHDRAWN' AND listing.value ->> 1 IS NOT NULL ORDER BY position LIMIT 1
$$;
COMMENT ON FUNCTION routable.since(text, jsonb) IS 'internal: the day from which an id is withdrawn';

-- One sentence on why; for a near miss one on that, for a refusal also who takes the model, and what the runtime takes.
CREATE FUNCTION routable.reason(runtime text, model text, code text, is_near_miss boolean, listings jsonb) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    reason text := rtrim(routable.reason_of_code(code), '.');
BEGIN
    IF is_near_miss AND code = 'UNKNOWN_RUNTIME' THEN
        RETURN routable.reason_of_code('NEAR_RUNTIME');
    END IF;
    reason := concat(reason, '; it was withdrawn on ' || to_char(routable.since(code, listings), 'YYYY-MM-DD'),
        '; the vendor retires it on ' || to_char(routable.retires(code, listings), 'YYYY-MM-DD'),
        '; ' || routable.quoted(routable.replacement_of(listings)) || ' replaces it');
    IF code IN ('MODEL_WITHDRAWN', 'AMBIGUOUS_PROVIDER', 'UNREGISTERED_MODEL_FOR_RUNTIME') THEN
        reason := concat(reason, '; ', routable.routed_by(model), '; ', routable.takes(runtime));
    END IF;
    RETURN concat(reason, '.', CASE WHEN is_near_miss THEN ' ' || routable.reason_of_code('NEAR_MISS') END);
END
$$;
COMMENT ON FUNCTION routable.reason(text, text, text, boolean, jsonb) IS 'internal: why a pair has its code, in a sentence';

CREATE FUNCTION routable.explain(
    runtime text,
    model text,
    auth_env text[] DEFAULT '{}',
    OUT routable boolean,
    OUT code text,
    OUT reason text,
    OUT provider text,
    OUT matched_by text,
    OUT billing text,
    OUT suggestions text[]
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    verdict record;
BEGIN
    SELECT * INTO verdict FROM routable.verdict(explain.runtime, explain.model);
    code := verdict.code;
    routable := verdict.code NOT IN ('MODEL_WITHDRAWN', 'AMBIGUOUS_PROVIDER', 'UNREGISTERED_MODEL_FOR_RUNTIME');
    reason := routable.reason(explain.runtime, explain.model, verdict.code, verdict.is_near_miss, verdict.listings);
    matched_by := CASE WHEN verdict.listings IS NOT NULL THEN 'exact' WHEN verdict.arms <> '{}' THEN 'prefix' END;
    provider := routable.provider_of(explain.runtime, verdict.arms, verdict.listings IS NOT NULL, explain.auth_env);
    billing := routable.catalogue() -> 'providers' -> provider ->> 'billing';
    suggestions := (SELECT array_agg(meant.name ORDER BY meant.place)
        FROM routable.suggestions(explain.runtime, explain.model, verdict.code, verdict.listings) AS meant);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION routable.explain(text, text, text[]) IS
    'why the runtime can or cannot route the model id, and through which provider, given the names of the variables that are set';

CREATE FUNCTION routable.derive_provider(runtime text, model text, auth_env text[] DEFAULT '{}') RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT routable.provider_of(runtime, verdict.arms, verdict.listings IS NOT NULL, auth_env)
    FROM routable.verdict(runtime, model) AS verdict
$$;
COMMENT ON FUNCTION routable.derive_provider(text, text, text[]) IS
    'the provider that routes the model id on the runtime, given the names of the variables that are set; NULL where none does';

CREATE FUNCTION routable.default_model(runtime text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT routable.catalogue() -> 'runtimes' -> runtime ->> 'default_model'
$$;
COMMENT ON FUNCTION routable.default_model(text) IS
    'the model id that a workspace of the runtime starts with; NULL where the runtime is unknown or lists no model';
