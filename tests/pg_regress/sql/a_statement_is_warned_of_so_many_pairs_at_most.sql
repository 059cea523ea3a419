\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE TABLE workspaces (id int, runtime text, model text);
SELECT routable.attach('workspaces', on_mismatch => 'warn');
INSERT INTO workspaces SELECT n, 'hermes', CASE WHEN n <= 98 THEN 'sonnet' ELSE 'x' || n END FROM generate_series(1, 20000) AS n;
-- Each pair once.
UPDATE workspaces SET runtime = 'codex' WHERE id <= 98;
DROP TABLE workspaces;
