-- Procedure that commits between its writes
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE PROCEDURE write_both() LANGUAGE plpgsql AS $$
BEGIN
    UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
    COMMIT;
    UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
    COMMIT;
END
$$;
CALL write_both();

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
