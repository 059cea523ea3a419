\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'hermes', repeat('x', 100 * 1024 * 1024));
INSERT INTO workspaces VALUES (1, 'hermes', 'openrouter/' || repeat('x', 100 * 1024 * 1024));
SELECT pg_backend_pid() AS before \gset
UPDATE workspaces SET model = repeat('x', 100 * 1024 * 1024);
UPDATE workspaces SET model = 'openrouter/' || repeat('y', 100 * 1024 * 1024);
UPDATE workspaces SET id = 2;
SELECT id, length(model), model_routable(runtime, model) FROM workspaces;
SELECT pg_backend_pid() = :before AS same_backend;

-- Messages cut ids between characters, whatever the length of these.
INSERT INTO workspaces VALUES (3, 'hermes', repeat('ü€𝄞', 1000));
-- The backend frees the memory that it used, whether the row is refused or stored.
CREATE FUNCTION regress_resident_kilobytes() RETURNS bigint LANGUAGE sql AS
    $$ SELECT substring(pg_read_file('/proc/self/status', 0, 10000) FROM 'VmRSS:\s*(\d+)')::bigint $$;
SELECT regress_resident_kilobytes() AS before \gset
DO $$
BEGIN
    FOR n IN 1 .. 10 LOOP
        BEGIN
            INSERT INTO workspaces VALUES (4, 'hermes', repeat('x', 50 * 1024 * 1024));
            RAISE 'stored';
        EXCEPTION WHEN check_violation THEN NULL;
        END;
        PERFORM model_routable('hermes', 'openrouter/' || repeat('x', 50 * 1024 * 1024));
    END LOOP;
END $$;
SELECT regress_resident_kilobytes() - :before < 32 * 1024 AS memory_came_back;
DROP TABLE workspaces;
DROP FUNCTION regress_resident_kilobytes();
