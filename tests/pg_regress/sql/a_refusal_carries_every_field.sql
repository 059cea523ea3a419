\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE SCHEMA regress_app;
CREATE TABLE regress_app.workspaces (id int PRIMARY KEY, runtime text, model varchar(200));
SELECT routable.attach('regress_app.workspaces');
INSERT INTO regress_app.workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7');

UPDATE regress_app.workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE regress_app.workspaces SET model = 'sonet' WHERE id = 1;
UPDATE regress_app.workspaces SET runtime = 'codex', model = 'gpt5.4' WHERE id = 1;
INSERT INTO regress_app.workspaces VALUES (2, 'google-adk', 'unknown');
SELECT * FROM regress_app.workspaces;

-- The fields as a program reads them.
\set VERBOSITY default
DO $$
DECLARE
    state text; message text; detail text; hint text; s text; t text; c text; k text;
BEGIN
    UPDATE regress_app.workspaces SET runtime = 'hermes';
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
        hint = PG_EXCEPTION_HINT, s = SCHEMA_NAME, t = TABLE_NAME, c = COLUMN_NAME, k = CONSTRAINT_NAME;
    RAISE INFO E'%\n%\n%\n%\n%', state, message, split_part(detail, ':', 1), hint, concat_ws(' ', s, t, c, k);
END $$;

\set VERBOSITY verbose

-- A renamed table reports the same constraint. A long name is cut as PostgreSQL cuts its own names.
ALTER TABLE regress_app.workspaces RENAME TO renamed;
UPDATE regress_app.renamed SET runtime = 'hermes';
CREATE TABLE regress_app."äääääääääääääääääääääääääääääää" (runtime text, model text);
SELECT routable.attach('regress_app."äääääääääääääääääääääääääääääää"');
INSERT INTO regress_app."äääääääääääääääääääääääääääääää" VALUES ('hermes', 'x');

-- If the constraint name is taken, the guard gets another one.
CREATE TABLE regress_app.taken (runtime text, model text, CONSTRAINT taken_model_routable CHECK (true));
SELECT routable.attach('regress_app.taken');
INSERT INTO regress_app.taken VALUES ('hermes', 'x');

\set VERBOSITY terse
DROP SCHEMA regress_app CASCADE;
