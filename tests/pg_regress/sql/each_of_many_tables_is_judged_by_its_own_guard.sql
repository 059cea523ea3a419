-- More guarded tables than a backend keeps plans of. Each table is judged by its own columns and settings.
DO $$
BEGIN
    FOR number IN 1 .. 40 LOOP
        -- The guarded columns have other positions in every third table, and every fourth guard only warns.
        EXECUTE format('CREATE TABLE many_%s (%s)', number, CASE number % 3
            WHEN 0 THEN 'runtime text, model text'
            WHEN 1 THEN 'model text, runtime text'
            ELSE 'note text, model text, id int, runtime text' END);
        PERFORM routable.attach(format('many_%s', number)::regclass,
            on_mismatch => CASE WHEN number % 4 = 0 THEN 'warn' ELSE 'raise' END);
        EXECUTE format('INSERT INTO many_%s (runtime, model) VALUES (''claude-code'', ''sonnet'')', number);
    END LOOP;
END
$$;

-- The number of tables by what became of a row. Twice, so that plans are used again.
CREATE FUNCTION write_each(new_runtime text, new_model text, OUT stored integer, OUT refused integer) LANGUAGE plpgsql AS $$
BEGIN
    stored := 0;
    refused := 0;
    FOR number IN 1 .. 80 LOOP
        BEGIN
            EXECUTE format('UPDATE many_%s SET runtime = $1, model = $2', 1 + number % 40) USING new_runtime, new_model;
            stored := stored + 1;
        EXCEPTION WHEN check_violation THEN
            refused := refused + 1;
        END;
    END LOOP;
END
$$;
SELECT * FROM write_each('hermes', 'moonshot/kimi-k2.6');
SET client_min_messages = error;
SELECT * FROM write_each('claude-code', 'gpt-4o');
RESET client_min_messages;

DROP FUNCTION write_each(text, text);
DO $$
BEGIN
    FOR number IN 1 .. 40 LOOP
        EXECUTE format('DROP TABLE many_%s', number);
    END LOOP;
END
$$;
