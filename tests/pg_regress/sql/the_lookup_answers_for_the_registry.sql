SELECT model_routable('hermes', 'anthropic/claude-opus-4-7') AS incident,
       model_routable('claude-code', 'moonshot/kimi-k2.6') AND model_routable('hermes', 'moonshot/kimi-k2.6') AS shared,
       model_routable('claude-code', 'unroutable/unknown') AS unregistered;

-- A runtime that is not registered passes, and so does a model that is not set.
SELECT model_routable('langgraph', 'anything') AS unknown_runtime, model_routable(NULL, 'anything') AS no_runtime,
       model_routable('claude-code', '') AS empty, model_routable('claude-code', E' \t\u3000') AS blank,
       model_routable('claude-code', NULL) AS no_model, model_routable(NULL, NULL) AS nothing;

-- The model is trimmed, the runtime is not; both are compared byte for byte.
SELECT model_routable('claude-code', E'\u00a0sonnet\n') AS trimmed, model_routable('claude-code', 'Sonnet') AS other_case,
       model_routable(' hermes', 'sonnet') AS runtime_not_trimmed, model_routable('Hermes', 'sonnet') AS runtime_other_case;

SELECT pair.*, explain.routable, explain.code, explain.provider, explain.matched_by, explain.billing
FROM (VALUES ('hermes', 'moonshot/kimi-k2.6'), ('hermes', 'anthropic/claude-opus-4-7'), ('hermes', 'openrouter/auto'),
             ('codex', 'gpt-5.5'), ('codex', 'gpt-6'), ('langgraph', 'x'), ('claude-code', ' '), (NULL, 'x'))
     AS pair (runtime, model), routable.explain(pair.runtime, pair.model);
SELECT code, reason FROM routable.explain('hermes', 'anthropic/claude-opus-4-7');

-- The variables that are set decide between providers, and never whether a pair is routable.
SELECT routable.derive_provider('codex', 'gpt-5.5') AS first_declared,
       routable.derive_provider('codex', 'gpt-5.5', '{OPENAI_API_KEY}') AS by_key,
       routable.derive_provider('codex', 'gpt-5.5', '{OPENAI_API_KEY,CODEX_AUTH_JSON}') AS both,
       routable.derive_provider('codex', 'gpt-5.5', NULL) AS no_set, routable.derive_provider('codex', 'gpt-5.5', '{NULL}') AS null_name,
       routable.derive_provider('langgraph', 'x') AS none;

SELECT routable.default_model('hermes') AS declared, routable.default_model('codex') AS first_listed,
       routable.default_model('langgraph') AS unknown, routable.default_model(NULL) AS nothing;

-- A suggestion only if an id is similar.
SELECT model, suggestions FROM unnest(ARRAY['sonet', 'claude-opus-4.7', 'claude-opus-4-7', 'qqqq', 'KIMI-K2', NULL]) AS model,
       routable.explain('claude-code', model);

-- The properties for planners and parallel workers.
SELECT proname, provolatile, proparallel, proisstrict, proleakproof, procost FROM pg_proc
WHERE oid IN ('model_routable(text, text)'::regprocedure, 'routable.explain(text, text, text[])'::regprocedure,
              'routable.derive_provider(text, text, text[])'::regprocedure, 'routable.default_model(text)'::regprocedure)
ORDER BY 1;
