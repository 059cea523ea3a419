-- As for the extension (sql/privileges.sql): what writers, readers and owners of tables call is given by name.
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA routable TO PUBLIC;
GRANT SELECT ON routable.runtimes, routable.providers, routable.models, routable.registry, routable.releases, routable.guards
    TO PUBLIC;

-- Who owns the schema's functions keeps the registry.
REVOKE EXECUTE ON FUNCTION routable.revert(integer, text, boolean), routable.put_in_force(text, jsonb, text, boolean),
    routable.use_registry(jsonb, jsonb), routable.lock_guarded(), routable.check_release()
    FROM PUBLIC;
