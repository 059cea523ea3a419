-- A vendor suspends an account: the id moves to withdrawn_models.
\set registry `sed 's/^          - kimi-k2$/        withdrawn_models: [kimi-k2]/' providers.yaml; echo`
BEGIN;
SELECT routable.release(:'registry', 'kimi-k2: account suspended');

-- Rows that are stored already stay editable, as long as their pair does not change.
SELECT runtime, model, rows, code FROM routable.audit('workspaces');
COMMIT;
SELECT source, release, note FROM routable.registry;
