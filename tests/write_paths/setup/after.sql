-- Runs after each path: whether routable.guards and routable.is_guarded() report its tables.
SELECT (SELECT coalesce(bool_or(state <> 'enforcing' OR issues <> '{}'), false) FROM routable.guards) AS guards_tells,
    (SELECT NOT bool_and(routable.is_guarded(c.oid)) FROM pg_class c
        WHERE relnamespace = 'path'::regnamespace AND relkind IN ('r', 'p', 'f') AND EXISTS (
            SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'runtime')) AS is_guarded_tells;
