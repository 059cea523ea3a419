-- Why a pair that is stored has to be looked at. A pair is refused, by the lookup or by a guard that denies unknown runtimes; or a near
-- miss; or it retires by a day; or its id has white space around it. The first of these is told.
CREATE FUNCTION routable.finding(
    runtime text, model text, denies_unknown_runtimes boolean, retiring_by date,
    OUT code text, OUT reason text, OUT suggestion text, OUT fixes_runtime boolean, OUT fix text
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id CONSTANT text := routable.trimmed(finding.model);
    verdict CONSTANT record := routable.verdict(finding.runtime, finding.model);
    day CONSTANT date := routable.retires(verdict.code, verdict.listings);
    is_sure boolean;
    remedied record;
BEGIN
    fixes_runtime := false;
    IF verdict.code IN ('MODEL_WITHDRAWN', 'AMBIGUOUS_PROVIDER', 'UNREGISTERED_MODEL_FOR_RUNTIME', 'UNKNOWN_RUNTIME')
        OR verdict.is_near_miss THEN
        SELECT meant.name, meant.is_sure INTO suggestion, is_sure
            FROM routable.suggestions(finding.runtime, finding.model, verdict.code, verdict.listings) AS meant
            ORDER BY meant.place LIMIT 1;
        fixes_runtime := verdict.code = 'UNKNOWN_RUNTIME';
        IF verdict.code = 'UNKNOWN_RUNTIME' AND denies_unknown_runtimes THEN
            code := 'RUNTIME_UNSUPPORTED';
            reason := routable.reason_of_code('RUNTIME_UNSUPPORTED');
        ELSIF verdict.is_near_miss THEN
            code := 'NEAR_MISS';
            reason := routable.reason_of_code(CASE WHEN fixes_runtime THEN 'NEAR_RUNTIME' ELSE 'NEAR_MISS' END);
        ELSIF NOT fixes_runtime OR suggestion IS NOT NULL THEN
            code := verdict.code;
            reason := routable.reason(finding.runtime, finding.model, verdict.code, verdict.is_near_miss, verdict.listings);
        END IF;
    END IF;
    IF code IS NULL THEN
        fixes_runtime := false;
        IF day <= retiring_by THEN
            code := 'RETIRING';
            reason := format('The vendor retires the model id on %s.', to_char(day, 'YYYY-MM-DD'));
            suggestion := routable.replacement_of(verdict.listings);
            -- A replacement that retires as early is no remedy.
            remedied := routable.verdict(finding.runtime, suggestion);
            is_sure := (routable.retires(remedied.code, remedied.listings) <= retiring_by) IS NOT TRUE;
        ELSIF id <> '' COLLATE "C" AND id <> finding.model COLLATE "C" THEN
            code := 'SURROUNDING_WHITE_SPACE';
            reason := 'The model id is stored with white space around it, which the lookup leaves out and other programs may not.';
            suggestion := id;
            is_sure := true;
        ELSE
            RETURN;
        END IF;
    END IF;
    IF is_sure AND suggestion IS NOT NULL THEN
        IF fixes_runtime THEN
            -- Another runtime is no remedy if it does not route the model either, or lists another spelling of it.
            remedied := routable.verdict(suggestion, finding.model);
            is_sure := remedied.code NOT IN ('MODEL_WITHDRAWN', 'AMBIGUOUS_PROVIDER', 'UNREGISTERED_MODEL_FOR_RUNTIME')
                AND NOT remedied.is_near_miss;
        ELSIF verdict.is_near_miss THEN
            -- Nor is another spelling of a routable id that somebody else pays for.
            is_sure := routable.billing(finding.runtime, finding.model) IS NOT DISTINCT FROM routable.billing(finding.runtime, suggestion);
        END IF;
        fix := CASE WHEN is_sure THEN suggestion END;
    END IF;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION routable.finding(text, text, boolean, date) IS
    'internal: why routable.audit() lists a stored pair, and what to store instead; no row if all is well';

CREATE FUNCTION routable.billing(runtime text, model text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT routable.catalogue() -> 'providers' -> routable.derive_provider(runtime, model) ->> 'billing'
$$;
COMMENT ON FUNCTION routable.billing(text, text) IS 'internal: who pays for a pair';
