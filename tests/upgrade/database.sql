-- A database with an earlier version: guards of each kind, with rows from before them.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
CREATE TABLE parted (id int, runtime varchar(40), model text, note text) PARTITION BY RANGE (id);
CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (100);
CREATE TABLE checked (LIKE workspaces);
CREATE TABLE always (LIKE workspaces);
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'anthropic/claude-opus-4-7');
INSERT INTO parted SELECT * FROM workspaces;
INSERT INTO checked SELECT * FROM workspaces WHERE id = 2;
INSERT INTO always SELECT * FROM workspaces;
SELECT routable.attach('workspaces');
SELECT routable.attach('parted', unknown_runtime => 'deny');
SELECT routable.attach('checked', mechanism => 'check');
SELECT routable.attach('always', replicas => true, on_mismatch => 'reset');
CREATE VIEW unroutable AS SELECT w.*, e.code FROM workspaces w, routable.explain(runtime, model) e
    WHERE NOT model_routable(runtime, model);
