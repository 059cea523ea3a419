-- Foreign server (postgres_fdw) that writes to the guarded table
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');
CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host :'HOST', port :'PORT', dbname :'DBNAME');
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback;
CREATE FOREIGN TABLE elsewhere (id int, engine text OPTIONS (column_name 'runtime'), llm text OPTIONS (column_name 'model'),
    note text) SERVER loopback OPTIONS (schema_name 'path', table_name 'workspaces');

-- As one remote statement, and row by row.
UPDATE elsewhere SET engine = 'hermes' WHERE id = 1;
UPDATE elsewhere SET engine = 'hermes' WHERE id = 1 AND random() >= 0;
INSERT INTO elsewhere VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
COPY elsewhere FROM stdin;
4	hermes	anthropic/claude-opus-4-7	\N
\.
UPDATE elsewhere SET engine = 'hermes', note = 'legitimate' WHERE id = 2;
INSERT INTO elsewhere VALUES (5, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    2 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
