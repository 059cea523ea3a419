-- SET CONSTRAINTS ALL DEFERRED
-- errors: 25P02
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE TABLE runtimes (name text PRIMARY KEY);
INSERT INTO runtimes VALUES ('claude-code');
ALTER TABLE workspaces ADD FOREIGN KEY (runtime) REFERENCES runtimes DEFERRABLE INITIALLY DEFERRED;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
INSERT INTO runtimes VALUES ('hermes');
COMMIT;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;
INSERT INTO runtimes VALUES ('hermes') ON CONFLICT DO NOTHING;
COMMIT;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
