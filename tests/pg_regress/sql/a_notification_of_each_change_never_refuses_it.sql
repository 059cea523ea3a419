-- A trigger of the user notifies the control plane of each change. Ids that are too long for a notification are cut.
CREATE TABLE workspaces (id bigint PRIMARY KEY, runtime text NOT NULL, model text NOT NULL);
SELECT routable.attach('workspaces');
-- docs begin
CREATE FUNCTION notify_restart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('workspace_restart', json_build_object(
        'id', NEW.id,
        'old', json_build_object('runtime', left(OLD.runtime, 200), 'model', left(OLD.model, 200)),
        'new', json_build_object('runtime', left(NEW.runtime, 200), 'model', left(NEW.model, 200)))::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER notify_restart AFTER UPDATE ON workspaces FOR EACH ROW
    WHEN ((OLD.runtime, OLD.model) IS DISTINCT FROM (NEW.runtime, NEW.model))
    EXECUTE FUNCTION notify_restart();
-- docs end
INSERT INTO workspaces VALUES (1, 'elsewhere', 'sonnet');
UPDATE workspaces SET runtime = repeat(E'\x01', 5000), model = repeat(E'\x01', 5000);
UPDATE workspaces SET runtime = repeat(E'\x02', 5000), model = repeat(E'\x02', 5000);
UPDATE workspaces SET runtime = repeat(E'\U0001F600', 5000), model = repeat(E'\U0001F600', 5000);
SELECT length(runtime), length(model) FROM workspaces;

-- A transaction that has sent a notification cannot be prepared.
BEGIN;
UPDATE workspaces SET runtime = 'claude-code', model = 'sonnet';
PREPARE TRANSACTION 'notified';
SELECT length(runtime), length(model) FROM workspaces;

-- A transaction that changes neither value can be prepared.
BEGIN;
UPDATE workspaces SET id = 2;
PREPARE TRANSACTION 'silent';
COMMIT PREPARED 'silent';
SELECT id FROM workspaces;
DROP TABLE workspaces;
DROP FUNCTION notify_restart();
