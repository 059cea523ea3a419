DO $script$
DECLARE
    offered CONSTANT text := '@version@';
    former text;
    objects CONSTANT text := $objects$
@objects@
$objects$;
BEGIN
    IF pg_catalog.to_regnamespace('pgtle') IS NULL THEN
        RAISE EXCEPTION 'the extension pg_tle is not created in this database'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Have the role that administers the database run CREATE EXTENSION pg_tle.';
    ELSIF EXISTS (SELECT FROM pg_catalog.pg_proc
            WHERE oid OPERATOR(pg_catalog.=) pg_catalog.to_regprocedure('routable.guard()') AND probin IS NOT NULL) THEN
        RAISE EXCEPTION 'model_routable is installed as a library in this database'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'To put a registry in force there: SELECT routable.release(...);';
    END IF;
    IF NOT EXISTS (SELECT FROM pgtle.available_extensions() WHERE name OPERATOR(pg_catalog.=) 'model_routable') THEN
        PERFORM pgtle.install_extension('model_routable', offered,
            'refuses pairs of runtime and model that cannot be routed', objects);
    ELSIF NOT EXISTS (SELECT FROM pgtle.available_extension_versions()
            WHERE name OPERATOR(pg_catalog.=) 'model_routable' AND version OPERATOR(pg_catalog.=) offered) THEN
        PERFORM pgtle.install_extension_version_sql('model_routable', offered, objects);
        FOR former IN SELECT version FROM pgtle.available_extension_versions()
            WHERE name OPERATOR(pg_catalog.=) 'model_routable' AND version OPERATOR(pg_catalog.<>) offered
        LOOP
            PERFORM pgtle.install_update_path('model_routable', former, offered, objects);
        END LOOP;
    END IF;
    PERFORM pgtle.set_default_version('model_routable', offered);
    CREATE EXTENSION IF NOT EXISTS model_routable;
    ALTER EXTENSION model_routable UPDATE;
END
$script$;
