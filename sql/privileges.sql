-- A database can have revoked by default what PostgreSQL gives everybody (ALTER DEFAULT PRIVILEGES). Writers call the lookup
-- through a trigger's condition or a constraint, readers call functions through views, and a table's owner calls attach and
-- what it calls, all with their own privileges: so these are given by name.
GRANT EXECUTE ON FUNCTION @extschema@.model_routable(text, text) TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA routable TO PUBLIC;
GRANT SELECT ON routable.runtimes, routable.providers, routable.models, routable.registry, routable.releases, routable.guards
    TO PUBLIC;

-- Whoever keeps the registry is given EXECUTE on the first four by a superuser. The others are what these four call.
REVOKE EXECUTE ON FUNCTION routable.release(text, text, boolean), routable.revert(integer, text, boolean), routable.check(text),
    routable.diff(text, integer), routable.put_in_force(text, text, boolean), routable.lock_guarded(), routable.review(text, text),
    routable.last_release(), routable.release_source(integer), routable.compile(text), routable.check_registry(text),
    routable.compare(text, text), routable.tell_release(), routable.check_release(), routable.announce_release()
    FROM PUBLIC;
