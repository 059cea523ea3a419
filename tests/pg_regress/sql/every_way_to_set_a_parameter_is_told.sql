\set SHOW_CONTEXT never
\pset format unaligned
CREATE TABLE workspaces (id int, runtime text, model text);
SELECT routable.attach('workspaces');
SELECT current_database() AS database \gset
CREATE ROLE regress_model_routable_lax;
CREATE FUNCTION regress_lax() RETURNS void LANGUAGE sql SECURITY DEFINER SET model_routable.enforcement = 'Warn' AS 'SELECT';
SET model_routable.enforcement = 'WARN';
SELECT state, issues, routable.is_guarded('workspaces') FROM routable.guards;
RESET model_routable.enforcement;
ALTER ROLE regress_model_routable_lax SET "MODEL_ROUTABLE.Enforcement" = 'WARN';
ALTER ROLE regress_model_routable_lax IN DATABASE :"database" SET Session_Replication_Role = 'Replica';
ALTER ROLE ALL SET model_routable.enforcement = 'wArn';
ALTER DATABASE :"database" SET model_routable.enforcement = 'Warn';
ALTER SYSTEM SET model_routable.enforcement = 'WARN';
SELECT state, unnest(issues) FROM routable.guards;
ALTER SYSTEM RESET model_routable.enforcement;
-- session_replication_role does not affect an ENABLE ALWAYS trigger.
SELECT routable.attach('workspaces', replicas => true);
SELECT count(*) FROM routable.guards, unnest(issues) AS issue WHERE issue LIKE 'session_replication_role%';
ALTER ROLE ALL RESET ALL;
ALTER DATABASE :"database" RESET ALL;
DROP FUNCTION regress_lax;
DROP ROLE regress_model_routable_lax;
SELECT issues FROM routable.guards;
DROP TABLE workspaces;
