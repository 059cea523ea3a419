-- Foreign table that is guarded, if a trigger of its server changes the row
-- PostgreSQL does not enforce a CHECK on a foreign table; it only uses it to plan queries. Use triggers.
CREATE TABLE stored (id int PRIMARY KEY, runtime text, model text, note text);
CREATE FUNCTION take_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.model := NEW.note; RETURN NEW; END $$;
CREATE TRIGGER take_note BEFORE UPDATE ON stored FOR EACH ROW WHEN (NEW.note IS NOT NULL) EXECUTE FUNCTION take_note();
CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host :'HOST', port :'PORT', dbname :'DBNAME');
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback;
CREATE FOREIGN TABLE workspaces (id int, runtime text, model text, note text) SERVER loopback
    OPTIONS (schema_name 'path', table_name 'stored');
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'sonnet');
SELECT guard('workspaces');

UPDATE workspaces SET note = 'gpt-4o' WHERE id = 1;
UPDATE workspaces SET note = 'opus' WHERE id = 2;

-- Counted where the rows are: the planner believes that a CHECK holds.
SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE model = 'opus') AS false_refusals FROM stored;
