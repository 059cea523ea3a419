CREATE FUNCTION routable.finding(
    runtime text, model text, denies_unknown_runtimes boolean, retiring_by date,
    OUT code text, OUT reason text, OUT suggestion text, OUT fixes_runtime boolean, OUT fix text
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'finding_wrapper';
COMMENT ON FUNCTION routable.finding(text, text, boolean, date) IS
    'internal: why routable.audit() lists a stored pair, and what to store instead; no row if all is well';
