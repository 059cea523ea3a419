-- Foreign table that is guarded
-- PostgreSQL does not enforce a CHECK on a foreign table; it only uses it to plan queries. Use triggers.
CREATE TABLE stored (id int PRIMARY KEY, runtime text, model text, note text);
CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host :'HOST', port :'PORT', dbname :'DBNAME');
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback;
CREATE FOREIGN TABLE workspaces (id int, runtime text, model text, note text) SERVER loopback
    OPTIONS (schema_name 'path', table_name 'stored');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
COPY workspaces FROM stdin;
4	hermes	anthropic/claude-opus-4-7	\N
\.
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

-- Counted where the rows are: the planner believes that a CHECK holds.
SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM stored;
