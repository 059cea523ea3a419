SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set VERBOSITY terse
SET client_min_messages = warning;
\set registry `cat providers.yaml`
CREATE EXTENSION model_routable;
SELECT replace(replace(:'registry', E'          - kimi-k2\n', E'        withdrawn_models: [kimi-k2]\n'), '^deepseek[-:/]', '^deepseek') AS new \gset
SELECT * FROM routable.diff(:'registry');
SELECT * FROM routable.diff(:'new') ORDER BY 1, 2, 3;
SELECT * FROM routable.diff(replace(:'new', E'\n  codex:', E'\n  codex-2:')) WHERE what = 'runtime' ORDER BY 1;
SELECT routable.release(:'new');
SELECT * FROM routable.diff(:'new');
SELECT * FROM routable.diff(:'registry') ORDER BY 1, 2, 3;
SELECT count(*) FROM routable.diff(:'new', 0);
SELECT count(*) FROM routable.diff(:'new', against => 1);
SELECT routable.diff(:'new', 2);
SELECT routable.diff(NULL);
RESET client_min_messages;
-- The NOTICE of the release has the same counts.
SELECT routable.release(:'registry');
SELECT routable.release(replace(replace(:'registry', E'\n  codex:', E'\n  codex-2:'), '[OPENAI_API_KEY]', '[OPENAI_KEY]'));
\c :original
DROP DATABASE regress_model_routable_releases;
