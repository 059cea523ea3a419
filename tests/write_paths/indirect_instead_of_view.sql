-- View with an INSTEAD OF trigger
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE VIEW agents AS SELECT id, runtime || '/' || model AS pair, note FROM workspaces;
CREATE FUNCTION write_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE workspaces SET runtime = split_part(NEW.pair, '/', 1), note = NEW.note WHERE id = OLD.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER write_agent INSTEAD OF UPDATE ON agents FOR EACH ROW EXECUTE FUNCTION write_agent();
UPDATE agents SET pair = 'hermes/' WHERE id = 1;
UPDATE agents SET pair = 'hermes/', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
