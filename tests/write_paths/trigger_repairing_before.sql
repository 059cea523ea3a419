-- Later-named BEFORE trigger that fixes the row
-- The guard refuses before a later trigger can fix the row. Give your trigger a name that sorts before
-- "model_routable", or attach with before_update => false.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE FUNCTION fix() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note = 'legitimate' THEN NEW.model := routable.default_model(NEW.runtime); END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER zzzz BEFORE INSERT OR UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION fix();
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
