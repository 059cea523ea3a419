-- The guards of database.sql refuse the incident and accept the rest. Prints what goes wrong.
CREATE PROCEDURE pg_temp.expect(statement text, state text) LANGUAGE plpgsql AS $$
DECLARE
    answer text := '00000';
BEGIN
    BEGIN
        EXECUTE statement;
        RAISE EXCEPTION USING ERRCODE = 'UNDON';
    EXCEPTION WHEN OTHERS THEN
        answer := replace(SQLSTATE, 'UNDON', '00000');
    END;
    IF answer <> state THEN
        RAISE WARNING '% is % and not %', statement, answer, state;
    END IF;
END
$$;
SET client_min_messages = warning;
CALL pg_temp.expect($$UPDATE workspaces SET runtime = 'hermes' WHERE id = 2$$, '23514');
CALL pg_temp.expect($$UPDATE parted SET runtime = 'hermes' WHERE id = 2$$, '23514');
CALL pg_temp.expect($$UPDATE checked SET runtime = 'hermes' WHERE id = 2$$, '23514');
CALL pg_temp.expect($$UPDATE always SET model = 'nonsense' WHERE id = 2$$, '23514');
CALL pg_temp.expect($$UPDATE always SET runtime = 'hermes' WHERE id = 2$$, '00000');
CALL pg_temp.expect($$INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7')$$, '23514');
CALL pg_temp.expect($$INSERT INTO parted VALUES (3, 'nobody', 'anything')$$, '23514');
CALL pg_temp.expect($$INSERT INTO workspaces VALUES (3, 'hermes', 'moonshot/kimi-k2.6')$$, '00000');
CALL pg_temp.expect($$UPDATE workspaces SET note = 'edited' WHERE id = 1$$, '00000');
CALL pg_temp.expect($$UPDATE parted SET note = 'edited' WHERE id = 1$$, '00000');
CALL pg_temp.expect($$UPDATE workspaces SET model = 'moonshot/kimi-k2.6' WHERE id = 1$$, '00000');
SELECT 'the view finds ' || count(*) FROM unroutable WHERE code = 'UNREGISTERED_MODEL_FOR_RUNTIME' HAVING count(*) <> 1;
