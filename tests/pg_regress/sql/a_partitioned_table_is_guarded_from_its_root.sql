\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
SELECT routable.attach('workspaces');
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (100) TO (200);
INSERT INTO workspaces VALUES (1, 'hermes', 'x');
INSERT INTO workspaces_high VALUES (101, 'hermes', 'x');
INSERT INTO workspaces VALUES (1, 'claude-code', 'opus'), (101, 'hermes', 'moonshot/kimi-k2.6');
UPDATE workspaces SET runtime = 'hermes';
UPDATE workspaces SET id = id + 100, runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET id = id + 101 WHERE id = 1;
-- A partition can only be guarded through its root.
SELECT routable.attach('workspaces_low');
SELECT routable.detach('workspaces_low');
SELECT routable.attach('workspaces');
SELECT tableoid::regclass, * FROM workspaces ORDER BY id;
SELECT routable.detach('workspaces');
DROP TABLE workspaces;
