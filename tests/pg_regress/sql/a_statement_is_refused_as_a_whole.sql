CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces SELECT n, 'claude-code', CASE n WHEN 500 THEN 'opus' ELSE 'moonshot/kimi-k2.6' END
    FROM generate_series(1, 1000) AS n;
UPDATE workspaces SET runtime = 'hermes';
SELECT runtime, count(*) FROM workspaces GROUP BY 1;

-- A savepoint keeps what was written before it.
BEGIN;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
SAVEPOINT before;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 500;
ROLLBACK TO before;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;
COMMIT;
SELECT id, runtime FROM workspaces WHERE runtime = 'hermes' ORDER BY id;

-- A handler that catches the error does not store the row.
DO $$
BEGIN
    FOR n IN 498 .. 502 LOOP
        BEGIN
            UPDATE workspaces SET runtime = 'hermes' WHERE id = n;
        EXCEPTION WHEN check_violation THEN
            RAISE INFO 'row % stays', n;
        END;
    END LOOP;
END $$;
SELECT id, runtime FROM workspaces WHERE id BETWEEN 498 AND 502 ORDER BY id;

-- A prepared statement is judged at each execution.
PREPARE move (int, text) AS UPDATE workspaces SET runtime = $2 WHERE id = $1;
EXECUTE move (3, 'hermes');
EXECUTE move (500, 'hermes');
EXECUTE move (500, 'langgraph');
SELECT id, runtime FROM workspaces WHERE id IN (3, 500) ORDER BY id;
DEALLOCATE move;
DROP TABLE workspaces;
