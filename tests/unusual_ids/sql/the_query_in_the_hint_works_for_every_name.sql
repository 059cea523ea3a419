CREATE TABLE workspaces (runtime text, model text);
SELECT routable.attach('workspaces');
-- The query that the HINT ends in lists the ids of the runtime.
CREATE FUNCTION refused(runtime text, OUT hint text, OUT listed bigint) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO workspaces VALUES (runtime, 'unlisted');
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    EXECUTE format('SELECT count(*) FROM (%s) AS ids WHERE runtime = $1 AND model = ''plain/one''',
                   trim(trailing ';' from substring(hint from ': (SELECT .*)$'))) INTO listed USING runtime;
END $$;
SELECT refused.* FROM routable.runtimes, LATERAL refused(runtime);
DROP FUNCTION refused;
DROP TABLE workspaces;
