-- The table has its guard, whatever the migrations did to it on the way.
SELECT routable.is_guarded('workspaces');
SELECT relation, state, issues FROM routable.guards;

-- What the schema itself stores is routable: the defaults here, the pairs of a table of presets elsewhere.
INSERT INTO workspaces DEFAULT VALUES RETURNING runtime, model, model_routable(runtime, model);

-- The refusal. HINT changes with the registry, and is not to be compared; MESSAGE does not.
\set VERBOSITY terse
UPDATE workspaces SET runtime = 'hermes';

-- For the fields, a row of one's own choice.
\set VERBOSITY default
DO $$
DECLARE
    sqlstate_ text;
    constraint_name_ text;
    detail text;
BEGIN
    UPDATE workspaces SET runtime = 'hermes';
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS sqlstate_ = RETURNED_SQLSTATE, constraint_name_ = CONSTRAINT_NAME, detail = PG_EXCEPTION_DETAIL;
    RAISE NOTICE '% % %', sqlstate_, constraint_name_, split_part(detail, ':', 1);
END
$$;
SELECT runtime, model FROM workspaces;
