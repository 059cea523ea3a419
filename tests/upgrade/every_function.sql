-- Uses every object that an application or a person calls. Prints the errors.
\set ON_ERROR_STOP off
SELECT FROM (SELECT model_routable('hermes', 'moonshot/kimi-k2.6')) AS answer WHERE NOT model_routable;
SELECT FROM routable.explain('hermes', 'moonshot/kimi-k2.6') WHERE NOT routable;
SELECT FROM routable.explain('hermes', 'nonsense', '{MOONSHOT_API_KEY}') WHERE routable;
SELECT FROM (SELECT routable.derive_provider('hermes', 'moonshot/kimi-k2.6')) AS answer WHERE false;
SELECT FROM (SELECT routable.default_model('hermes')) AS answer WHERE false;
SELECT FROM routable.runtimes WHERE runtime IS NULL;
SELECT FROM routable.providers WHERE provider IS NULL;
SELECT FROM routable.models WHERE runtime IS NULL;
SELECT FROM routable.registry WHERE sha256 IS NULL;
SELECT FROM routable.guards WHERE relation IS NULL;
SELECT FROM routable.audit('workspaces') WHERE false;
SELECT 'not guarded: ' || relation FROM unnest('{workspaces,parted,checked,always}'::regclass[]) AS relation
    WHERE NOT routable.is_guarded(relation);
BEGIN;
CREATE TEMPORARY TABLE made (LIKE workspaces);
SELECT FROM (SELECT routable.attach('made')) AS attached WHERE false;
SELECT FROM (SELECT routable.detach('made')) AS detached WHERE false;
ROLLBACK;
