\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model varchar(60), note text);
INSERT INTO workspaces VALUES (1, 'hermes', 'x');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'workspaces'::regclass AND contype = 'c';
SELECT routable.attach('workspaces', mechanism => 'check');
INSERT INTO workspaces VALUES (2, 'claude-code', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;
\echo SQLSTATE :SQLSTATE
-- A CHECK has no code and no hint, and rows from before it cannot be edited.
UPDATE workspaces SET note = 'x' WHERE id = 1;
SELECT relation, mechanism, runtime_column, model_column, state, issues, routable.is_guarded(relation) FROM routable.guards;
ALTER TABLE workspaces VALIDATE CONSTRAINT workspaces_model_routable;
DELETE FROM workspaces WHERE id = 1;
ALTER TABLE workspaces VALIDATE CONSTRAINT workspaces_model_routable;
SELECT state, issues FROM routable.guards;
SELECT routable.attach('workspaces', mechanism => 'check');

-- From one mechanism to the other and back, with the same constraint name.
SELECT routable.attach('workspaces');
SELECT mechanism, constraint_name, state FROM routable.guards;
SELECT count(*) FROM pg_constraint WHERE conrelid = 'workspaces'::regclass AND contype = 'c';
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT mechanism, constraint_name, state FROM routable.guards;
SELECT routable.detach('workspaces');
SELECT count(*) FROM pg_constraint WHERE conrelid = 'workspaces'::regclass AND contype = 'c';

-- A constraint of the user that also calls the lookup is left alone.
ALTER TABLE workspaces ADD CONSTRAINT mine CHECK (model_routable(runtime, model) OR note = 'exception');
SELECT routable.attach('workspaces');
SELECT routable.detach('workspaces');
SELECT conname FROM pg_constraint WHERE conrelid = 'workspaces'::regclass AND contype = 'c';

-- Settings that a CHECK cannot have.
SELECT routable.attach('workspaces', mechanism => 'check', on_mismatch => 'warn');
SELECT routable.attach('workspaces', mechanism => 'check', unknown_runtime => 'deny');
SELECT routable.attach('workspaces', mechanism => 'check', on_insert => false);
SELECT routable.attach('workspaces', mechanism => 'check', before_update => false);
SELECT routable.attach('workspaces', mechanism => 'check', replicas => true);
DROP TABLE workspaces;

-- Partitions and children inherit it. It can only be changed on the root.
CREATE TABLE workspaces (id int, runtime text, model text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
SELECT routable.attach('workspaces', mechanism => 'check');
INSERT INTO workspaces VALUES (1, 'hermes', 'x');
SELECT routable.attach('workspaces_low');
SELECT routable.detach('workspaces_low');
SELECT relation, state FROM routable.guards;
SELECT routable.is_guarded('workspaces');
DROP TABLE workspaces;
