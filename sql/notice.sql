-- Tells who installs the extension how to guard the tables that look like what it is for. It never guards by itself.
DO $$
DECLARE
    candidates text[];
BEGIN
    -- The script runs under a search_path of its own, so every schema counts and not only the caller's path.
    SELECT array_agg(format('SELECT routable.attach(%L);', format('%I.%I', n.nspname, c.relname)) ORDER BY n.nspname)
        INTO candidates
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'workspaces' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND n.nspname !~ '^pg_'
            AND 2 = (SELECT count(*) FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname IN ('runtime', 'model') AND NOT a.attisdropped);
    -- CREATE EXTENSION raises the threshold to warning for its script; somebody who asked for errors only stays spared.
    IF candidates IS NOT NULL AND pg_catalog.current_setting('client_min_messages') = 'warning' THEN
        SET LOCAL client_min_messages = notice;
        IF pg_catalog.cardinality(candidates) = 1 THEN
            RAISE NOTICE 'a table "workspaces" is not guarded yet' USING HINT = 'To guard it: ' || candidates[1];
        ELSE
            RAISE NOTICE '% tables named "workspaces" are not guarded yet', pg_catalog.cardinality(candidates)
                USING HINT = 'To guard the first: ' || candidates[1];
        END IF;
    END IF;
END
$$;
