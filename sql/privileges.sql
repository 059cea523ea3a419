-- A database can have revoked by default what PostgreSQL gives everybody (ALTER DEFAULT PRIVILEGES). Writers call the lookup
-- through a trigger's condition or a constraint, readers call functions through views, and a table's owner calls attach and
-- what it calls, all with their own privileges: so these are given by name.
GRANT EXECUTE ON FUNCTION @extschema@.model_routable(text, text) TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA routable TO PUBLIC;
GRANT SELECT ON routable.runtimes, routable.providers, routable.models, routable.registry, routable.guards TO PUBLIC;
