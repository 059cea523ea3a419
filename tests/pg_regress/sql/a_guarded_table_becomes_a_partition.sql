\set VERBOSITY terse
CREATE TABLE workspaces (day date, runtime text, model text) PARTITION BY RANGE (day);
SELECT routable.attach('workspaces');
CREATE TABLE workspaces_2025 (day date, runtime text, model text);
INSERT INTO workspaces_2025 VALUES ('2025-06-01', 'hermes', 'moonshot/kimi-k2.6'), ('2025-06-02', 'hermes', 'sonnet');
SELECT routable.attach('workspaces_2025');

-- PostgreSQL gives a partition the triggers of its root, and refuses a table that already has triggers of these names.
ALTER TABLE workspaces ATTACH PARTITION workspaces_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- From docs/adopting.md.
-- docs begin
BEGIN;
SELECT routable.detach('workspaces_2025');
ALTER TABLE workspaces ATTACH PARTITION workspaces_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
COMMIT;
-- docs end
SELECT relation, issues, routable.is_guarded(relation), routable.is_guarded('workspaces_2025') FROM routable.guards;
INSERT INTO workspaces VALUES ('2025-06-03', 'hermes', 'sonnet');
UPDATE workspaces_2025 SET runtime = 'hermes', model = 'nonsense' WHERE model = 'moonshot/kimi-k2.6';

-- ATTACH PARTITION does not judge the rows that the partition already has.
SELECT runtime, model, rows FROM routable.audit('workspaces');

-- A detached partition has no guard until it gets its own.
ALTER TABLE workspaces DETACH PARTITION workspaces_2025;
SELECT routable.is_guarded('workspaces_2025');
DROP TABLE workspaces, workspaces_2025;
