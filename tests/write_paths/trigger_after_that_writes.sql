-- AFTER trigger that writes the row again
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE FUNCTION move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE workspaces SET runtime = 'hermes' WHERE id = NEW.id AND runtime <> 'hermes';
    RETURN NULL;
END
$$;
CREATE TRIGGER move_on AFTER UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION move_on();
UPDATE workspaces SET note = 'asked for' WHERE id = 1;
UPDATE workspaces SET note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
