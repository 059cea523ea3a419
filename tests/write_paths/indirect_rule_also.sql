-- CREATE RULE … DO ALSO
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE TABLE requests (workspace int, engine text, note text);
CREATE RULE apply AS ON INSERT TO requests DO ALSO
    UPDATE workspaces SET runtime = NEW.engine, note = NEW.note WHERE id = NEW.workspace;
INSERT INTO requests VALUES (1, 'hermes');
INSERT INTO requests VALUES (2, 'hermes', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
