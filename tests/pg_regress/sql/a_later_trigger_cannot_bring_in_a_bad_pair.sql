CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');
CREATE FUNCTION regress_to_hermes() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.runtime := 'hermes'; RETURN NEW; END $$;
-- BEFORE triggers fire in the order of their names, so this one gets the row after the guard let it pass.
CREATE TRIGGER zzzz BEFORE INSERT OR UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION regress_to_hermes();
UPDATE workspaces SET model = 'anthropic/claude-opus-4-8' WHERE id = 1;
UPDATE workspaces SET id = 2 WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'claude-code', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces VALUES (3, 'claude-code', 'moonshot/kimi-k2.6');
SELECT * FROM workspaces ORDER BY id;
DROP TABLE workspaces;
DROP FUNCTION regress_to_hermes();
