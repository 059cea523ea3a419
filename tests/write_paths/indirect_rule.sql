-- CREATE RULE … DO INSTEAD
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE VIEW agents AS SELECT * FROM workspaces;
CREATE RULE rewrite AS ON UPDATE TO agents DO INSTEAD
    UPDATE workspaces SET runtime = NEW.runtime, model = NEW.model, note = NEW.note WHERE id = OLD.id;
UPDATE agents SET runtime = 'hermes' WHERE id = 1;
UPDATE agents SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
