-- Asks all questions of a file of reference answers. Prints the number of questions and of wrong answers.
-- Run by tests/t/a_built_in_registry_gives_the_reference_answers.pl, with the variable answers set to the file.
CREATE EXTENSION model_routable;
CREATE TABLE answers (answer jsonb);
-- Neither delimiter nor quote occurs in JSON, so that each line is one value.
\set copy '\\copy answers FROM ' :'answers' ' (FORMAT csv, DELIMITER E''\\x02'', QUOTE E''\\x01'')'
:copy

CREATE VIEW differences AS
    SELECT answer, explain.*
    FROM answers, routable.explain(answer ->> 'runtime', answer ->> 'model', ARRAY(SELECT jsonb_array_elements_text(answer -> 'auth_env')))
    WHERE model_routable(answer ->> 'runtime', answer ->> 'model') IS DISTINCT FROM (answer ->> 'routable')::boolean
       OR explain.routable IS DISTINCT FROM (answer ->> 'routable')::boolean
       OR explain.provider IS DISTINCT FROM (answer ->> 'provider')
       OR routable.derive_provider(answer ->> 'runtime', answer ->> 'model', ARRAY(SELECT jsonb_array_elements_text(answer -> 'auth_env')))
          IS DISTINCT FROM (answer ->> 'provider')
       OR explain.code IS DISTINCT FROM coalesce(answer ->> 'code', CASE answer ->> 'outcome'
           WHEN 'registered' THEN 'REGISTERED'
           WHEN 'prefix' THEN 'ROUTABLE_BY_PREFIX'
           WHEN 'ambiguous' THEN 'AMBIGUOUS_PROVIDER'
           WHEN 'unregistered' THEN 'UNREGISTERED_MODEL_FOR_RUNTIME'
           WHEN 'no_model' THEN 'NO_MODEL'
           -- These answers were made before external runtimes existed.
           WHEN 'unknown_runtime' THEN CASE
               WHEN EXISTS (SELECT FROM routable.registry WHERE answer ->> 'runtime' = ANY (external_runtimes)) THEN 'EXTERNAL_RUNTIME' ELSE 'UNKNOWN_RUNTIME' END END)
       OR explain.matched_by IS DISTINCT FROM CASE
           WHEN explain.code IN ('REGISTERED', 'MODEL_WITHDRAWN') THEN 'exact'
           WHEN explain.code IN ('ROUTABLE_BY_PREFIX', 'AMBIGUOUS_PROVIDER') THEN 'prefix' END
       OR answer ? 'near_miss' AND routable.passes(answer ->> 'runtime', answer ->> 'model', 'allow', 'deny')
          IS DISTINCT FROM (explain.routable AND NOT (answer ->> 'near_miss')::boolean)
       OR routable.passes(answer ->> 'runtime', answer ->> 'model', 'deny', 'allow')
          IS DISTINCT FROM (explain.routable AND explain.code <> 'UNKNOWN_RUNTIME')
       OR explain.billing IS DISTINCT FROM CASE WHEN answer ->> 'provider' = 'platform' THEN 'platform_managed'
           WHEN answer ->> 'provider' IS NOT NULL THEN 'byok' END
       OR explain.reason IS NULL;

TABLE differences LIMIT 10;
SELECT (SELECT count(*) FROM answers) || ' asked, ' || (SELECT count(*) FROM differences) || ' wrong';
