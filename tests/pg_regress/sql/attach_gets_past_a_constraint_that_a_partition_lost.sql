-- From PostgreSQL 17 on, SET EXPRESSION of one partition or child drops every CHECK that it inherited.
SELECT current_setting('server_version_num')::integer < 170000 AS is_older \gset
\if :is_older
\quit
\endif
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int, cfg text, runtime text, model text GENERATED ALWAYS AS (cfg) STORED) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (10);
CREATE TABLE workspaces_high PARTITION OF workspaces FOR VALUES FROM (10) TO (20);
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT routable.is_guarded('workspaces');
ALTER TABLE workspaces_high ALTER model SET EXPRESSION AS (lower(cfg));
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
INSERT INTO workspaces VALUES (11, 'anthropic/claude-opus-4-7', 'hermes');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT constraint_name, state, issues FROM routable.guards ORDER BY 1;
SELECT routable.is_guarded('workspaces');
INSERT INTO workspaces VALUES (12, 'anthropic/claude-opus-4-7', 'hermes');
INSERT INTO workspaces VALUES (2, 'anthropic/claude-opus-4-7', 'hermes');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT routable.detach('workspaces');
SELECT count(*) FROM pg_constraint WHERE conrelid::regclass::text LIKE 'workspaces%' AND contype = 'c';
INSERT INTO workspaces VALUES (13, 'anthropic/claude-opus-4-7', 'hermes');
SELECT tableoid::regclass, id FROM workspaces ORDER BY id;

-- If PostgreSQL cannot put the constraint back, attach creates another one beside it, and detach says what prevents its
-- removal.
SELECT routable.attach('workspaces', mechanism => 'check');
ALTER TABLE workspaces_high ALTER model SET EXPRESSION AS (cfg);
CREATE VIEW regress_view AS SELECT runtime, model FROM workspaces;
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT constraint_name, state, routable.is_guarded('workspaces') FROM routable.guards ORDER BY 1;
INSERT INTO workspaces VALUES (14, 'anthropic/claude-opus-4-7', 'hermes');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT routable.detach('workspaces');
DROP VIEW regress_view;
SELECT routable.detach('workspaces');

-- From one mechanism to the other.
SELECT routable.attach('workspaces', mechanism => 'check');
ALTER TABLE workspaces_high ALTER model SET EXPRESSION AS (cfg);
SELECT routable.attach('workspaces', before_update => false);
SELECT mechanism, state, issues, routable.is_guarded('workspaces') FROM routable.guards;
INSERT INTO workspaces VALUES (14, 'anthropic/claude-opus-4-7', 'hermes');
DROP TABLE workspaces;

CREATE TABLE workspaces (id int, cfg text, runtime text, model text GENERATED ALWAYS AS (cfg) STORED);
CREATE TABLE regress_child () INHERITS (workspaces);
SELECT routable.attach('workspaces', mechanism => 'check');
ALTER TABLE regress_child ALTER model SET EXPRESSION AS (lower(cfg));
SELECT routable.is_guarded('workspaces'), routable.is_guarded('regress_child');
SELECT routable.attach('workspaces', mechanism => 'check');
SELECT routable.is_guarded('workspaces'), routable.is_guarded('regress_child');
INSERT INTO regress_child VALUES (1, 'anthropic/claude-opus-4-7', 'hermes');
SELECT routable.detach('workspaces');
SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = 'regress_child'::regclass;
DROP TABLE workspaces CASCADE;
