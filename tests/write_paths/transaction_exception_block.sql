-- PL/pgSQL with an exception block
-- A deferred guard refuses at COMMIT, and this undoes the whole transaction. No savepoint or exception block can
-- contain the refusal.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

DO $$
BEGIN
    BEGIN
        UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
    EXCEPTION WHEN check_violation THEN
        -- What came before in the block is undone; the next attempt is judged again.
        BEGIN
            INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END;
    UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
END
$$;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
