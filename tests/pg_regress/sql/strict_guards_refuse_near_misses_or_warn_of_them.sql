\set SHOW_CONTEXT never
-- What a guard with these settings lets pass without a message.
SELECT runtime, model, model_routable(runtime, model) AS routable, routable.passes(runtime, model, 'allow', 'allow') AS lax,
    routable.passes(runtime, model, 'allow', 'warn') AS warn, routable.passes(runtime, model, 'allow', 'deny') AS deny,
    routable.passes(runtime, model, 'deny', 'allow') AS known, routable.passes(runtime, model, 'deny', 'deny') AS strict
FROM (VALUES ('claude-code', 'claude-opus-4-7'), ('claude-code', 'claude-opus-4.7'), ('claude-code', 'Claude-Opus-4-7'),
    ('claude-code', 'claude-opus-47'), ('claude-code', 'claude-opus-4-9'), ('claude_code', 'sonnet'), ('Hermes', 'x'),
    ('hermes ', 'x'), ('hermes', 'x'), ('autogen', 'x'), ('langgraph', 'x'), ('LangGraph', 'x'), (NULL, 'x'), ('Hermes', NULL),
    ('Hermes', ' ')) AS pair (runtime, model);
SELECT routable.passes('hermes', 'x', 'maybe', 'allow');
SELECT routable.passes('hermes', 'x', 'allow', 'maybe');
SELECT routable.passes('hermes', 'x', NULL, 'allow');
SELECT routable.passes('hermes', 'x', 'allow', NULL);

CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'claude-opus-4-7'), (2, 'claude-code', 'claude-opus-4.7'), (3, 'Claude-Code', 'sonnet');
SELECT routable.attach('workspaces', near_miss => 'deny');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
SELECT relation, unknown_runtime, near_miss, state, issues, routable.is_guarded(relation) FROM routable.guards;
SELECT routable.attach('workspaces', near_miss => 'deny');
-- A row from before the guard stays editable.
UPDATE workspaces SET note = 'x';
\set VERBOSITY verbose
UPDATE workspaces SET model = 'claude-opus-4.7' WHERE id = 1;
\set VERBOSITY default
UPDATE workspaces SET runtime = 'claude_code' WHERE id = 1;
INSERT INTO workspaces VALUES (4, 'claude-code', 'anthropic:Claude-Opus-4.7');
INSERT INTO workspaces VALUES (4, 'hermes ', 'moonshot/kimi-k2.6');
INSERT INTO workspaces VALUES (4, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces VALUES (4, 'autogen', 'x'), (5, 'claude-code', 'claude-opus-4-9'), (6, 'langgraph', 'x');
DELETE FROM workspaces WHERE id > 3;
SELECT runtime, model, code, reason, suggestion, fix_sql FROM routable.audit() ORDER BY model;

-- A role that may not read the model does not see it.
CREATE ROLE regress_model_routable_writer;
GRANT SELECT (id), UPDATE ON workspaces TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE workspaces SET runtime = 'Hermes' WHERE id = 1;
RESET ROLE;
DROP OWNED BY regress_model_routable_writer;
DROP ROLE regress_model_routable_writer;

-- warn: stores the row, with one WARNING for each pair and statement.
SELECT routable.attach('workspaces', near_miss => 'warn');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
SELECT near_miss, state, issues, routable.is_guarded(relation) FROM routable.guards;
INSERT INTO workspaces SELECT n, 'claude-code', 'claude-opus-4.8' FROM generate_series(10, 12) AS n;
UPDATE workspaces SET model = 'claude-opus-4.7' WHERE id IN (1, 10);
UPDATE workspaces SET model = 'no-such' WHERE id = 1;
SELECT id, runtime, model FROM workspaces ORDER BY id;
DELETE FROM workspaces WHERE id > 3;

-- With both settings, the one that refuses more is reported.
SELECT routable.attach('workspaces', unknown_runtime => 'deny', near_miss => 'warn');
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'workspaces'::regclass ORDER BY tgname;
UPDATE workspaces SET runtime = 'Hermes' WHERE id = 2;
UPDATE workspaces SET model = 'claude-opus-4.8' WHERE id = 2;

-- reset sets the default if only the changed runtime makes the near miss.
SELECT routable.attach('workspaces', near_miss => 'deny', on_mismatch => 'reset');
UPDATE workspaces SET runtime = 'google-adk', model = 'gemini-2.5-pro' WHERE id = 1;
INSERT INTO workspaces VALUES (4, 'autogen', 'Gemini-2.5-Pro'), (5, 'autogen', 'gemini-2-5-pro');
UPDATE workspaces SET runtime = 'google-adk' WHERE id = 5;
SELECT id, runtime, model FROM workspaces WHERE id = 5;

-- The last word has to be as strict as the settings.
SELECT routable.attach('workspaces', near_miss => 'deny');
DROP TRIGGER model_routable_final ON workspaces;
CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces NOT DEFERRABLE FOR EACH ROW
    WHEN (NOT model_routable(NEW.runtime, NEW.model))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable', 'near_miss=deny');
SELECT state, issues, routable.is_guarded(relation) FROM routable.guards;
-- A last word that is stricter calls the guard more often than necessary.
DROP TRIGGER model_routable_final ON workspaces;
CREATE CONSTRAINT TRIGGER model_routable_final AFTER INSERT OR UPDATE ON workspaces NOT DEFERRABLE FOR EACH ROW
    WHEN (NOT routable.passes(NEW.runtime, NEW.model, 'deny', 'warn'))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=workspaces_model_routable', 'near_miss=deny');
SELECT state, issues, routable.is_guarded(relation) FROM routable.guards;
INSERT INTO workspaces VALUES (20, 'autogen', 'x');
INSERT INTO workspaces VALUES (21, 'Hermes', 'x');
-- Break-glass lets near misses pass too.
SET model_routable.enforcement = 'warn';
INSERT INTO workspaces VALUES (22, 'Hermes', 'x');
RESET model_routable.enforcement;

-- A guard on INSERT lets pass what the settings of the table's guard allow.
DROP TRIGGER model_routable_final ON workspaces;
CREATE CONSTRAINT TRIGGER model_routable_final AFTER UPDATE ON workspaces NOT DEFERRABLE FOR EACH ROW
    WHEN (NOT routable.passes(NEW.runtime, NEW.model, 'deny', 'deny'))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c', 'unknown_runtime=deny', 'near_miss=deny');
CREATE CONSTRAINT TRIGGER regress_on_insert AFTER INSERT ON workspaces NOT DEFERRABLE FOR EACH ROW
    WHEN (NOT routable.passes(NEW.runtime, NEW.model, 'allow', 'warn'))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c', 'near_miss=warn');
SELECT unknown_runtime, near_miss, state FROM routable.guards;
DROP TRIGGER regress_on_insert ON workspaces;

SELECT routable.attach('workspaces', near_miss => 'maybe');
SELECT routable.attach('workspaces', near_miss => NULL);
SELECT routable.attach('workspaces', mechanism => 'check', near_miss => 'deny');
DROP TABLE workspaces;
