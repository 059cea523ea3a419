-- Later-named BEFORE trigger that rewrites the row
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE FUNCTION to_hermes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.runtime := 'hermes'; RETURN NEW; END $$;
CREATE TRIGGER zzzz BEFORE INSERT OR UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION to_hermes();
UPDATE workspaces SET note = 'renamed' WHERE id = 1;
INSERT INTO workspaces VALUES (3, 'claude-code', 'anthropic/claude-opus-4-7');
UPDATE workspaces SET note = 'legitimate' WHERE id = 2;
INSERT INTO workspaces VALUES (4, 'claude-code', 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    2 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
