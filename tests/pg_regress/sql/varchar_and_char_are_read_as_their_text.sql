\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime char(20), model char(40));
SELECT routable.attach('workspaces');
-- Padding is not part of an id: neither of the runtime, which is not trimmed otherwise, nor of the model.
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6');
INSERT INTO workspaces VALUES (2, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'codex' WHERE id = 1;
ALTER TABLE workspaces ALTER runtime TYPE varchar(30), ALTER model TYPE char(60);
SELECT routable.attach('workspaces');
DROP TABLE workspaces;

CREATE TABLE workspaces (id int PRIMARY KEY, runtime varchar(30), model char(60));
SELECT routable.attach('workspaces');
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6'), (2, 'hermes', 'x');
INSERT INTO workspaces VALUES (1, 'hermes', 'moonshot/kimi-k2.6'), (2, 'hermes', '');
UPDATE workspaces SET model = 'x' WHERE id = 2;
SELECT * FROM workspaces;
DROP TABLE workspaces;
