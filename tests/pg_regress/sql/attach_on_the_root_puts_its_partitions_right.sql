\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (id);
CREATE TABLE workspaces_highest PARTITION OF workspaces_high FOR VALUES FROM (150) TO (200);
SELECT routable.attach('workspaces');
ALTER TABLE workspaces_low DISABLE TRIGGER model_routable_final;
ALTER TABLE workspaces_highest DISABLE TRIGGER ALL;
SELECT routable.is_guarded('workspaces');
INSERT INTO workspaces VALUES (1, 'hermes', 'sonnet'), (151, 'hermes', 'sonnet');
SELECT routable.attach('workspaces');
SELECT routable.is_guarded('workspaces');
INSERT INTO workspaces VALUES (2, 'hermes', 'sonnet');
INSERT INTO workspaces VALUES (152, 'hermes', 'sonnet');
SELECT routable.attach('workspaces');
SELECT routable.attach('workspaces', replicas => true);
ALTER TABLE workspaces_low ENABLE TRIGGER model_routable;
SELECT routable.attach('workspaces', replicas => true);
SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgname LIKE 'model_routable%';

-- A partition that was detached, got its own guard, and is attached again, as in docs/adopting.md.
ALTER TABLE workspaces DETACH PARTITION workspaces_low;
SELECT routable.attach('workspaces_low', replicas => true);
ALTER TABLE workspaces ATTACH PARTITION workspaces_low FOR VALUES FROM (0) TO (100);
BEGIN;
SELECT routable.detach('workspaces_low');
ALTER TABLE workspaces ATTACH PARTITION workspaces_low FOR VALUES FROM (0) TO (100);
COMMIT;
SELECT routable.is_guarded('workspaces');
INSERT INTO workspaces VALUES (3, 'hermes', 'sonnet');
DROP TABLE workspaces;
