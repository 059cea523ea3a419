\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces SELECT n, 'claude-code', 'moonshot/kimi-k2.6' FROM generate_series(1, 100) AS n;
INSERT INTO workspaces VALUES (101, 'hermes', 'anthropic/claude-opus-4-7'), (102, 'hermes', 'anthropic/claude-opus-4-7'),
    (103, 'claude-code', 'sonet'), (104, 'Hermes', 'x'), (105, 'hermes ', 'x'), (106, 'langgraph', 'x'), (107, 'codex', NULL),
    (108, NULL, 'x'), (109, 'claude-code', E'son\nnet'),
    (110, 'claude-code', E'son\\net'), (111, 'claude-code', 'son''net'), (112, 'Hermes', 'moonshot/kimi-k2.6'),
    (113, 'claude-code', 'claude-opus-4.7'), (114, 'codex', E'gpt-5.5\n'), (115, 'codex', E'\u3000gpt-5.4 '), (116, 'codex', ' '),
    (117, 'langgraph', ' x '), (118, 'autogen', 'x');
\pset format unaligned
SELECT runtime, model, rows, code, suggestion, fix_sql FROM routable.audit();
SELECT reason FROM routable.audit() WHERE rows = 2;
\pset format aligned

-- The proposed statements fix their rows.
SELECT fix_sql FROM routable.audit() WHERE fix_sql IS NOT NULL
\gexec
SELECT id, runtime, model FROM workspaces WHERE id > 100 ORDER BY id;
SELECT runtime, model, rows, code FROM routable.audit();

-- The default columns are those of the guard. A guard that denies unknown runtimes adds its refusals.
ALTER TABLE workspaces RENAME runtime TO engine;
SELECT routable.attach('workspaces', 'engine', unknown_runtime => 'deny');
SELECT runtime, model, rows, code FROM routable.audit('workspaces');
DROP TABLE workspaces;

-- White space around a model is reported for every runtime. Another runtime is not proposed if it refuses the model.
CREATE TABLE workspaces (runtime text, model text);
INSERT INTO workspaces VALUES ('autogen', ' x'), (NULL, ' x'), ('Claude_Code', 'claude-opus-4.7'), ('Claude_Code', 'sonnet');
\pset format unaligned
SELECT runtime, model, code, suggestion, fix_sql FROM routable.audit();
\pset format aligned
DROP TABLE workspaces;

-- Compared by bytes, even if the column's type calls different ids equal.
CREATE COLLATION regress_folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE workspaces (runtime text, model text COLLATE regress_folded);
INSERT INTO workspaces VALUES ('claude-code', 'SONNET'), ('claude-code', 'sonnet');
\pset format unaligned
SELECT runtime, model, rows, code, fix_sql FROM routable.audit();
\pset format aligned

-- With any names and types of columns, and on a partitioned table.
CREATE TYPE regress_engine AS ENUM ('claude-code', 'Hermes');
CREATE TABLE "work ""spaces""" ("run'time" regress_engine, "mo""del" char(10)) PARTITION BY LIST ("run'time");
CREATE TABLE regress_part PARTITION OF "work ""spaces""" DEFAULT;
INSERT INTO "work ""spaces""" VALUES ('claude-code', 'SONNET'), ('claude-code', E'so\\n"et'), ('claude-code', 'sonnet'), (NULL, 'x');
\pset format unaligned
SELECT runtime, model, rows, suggestion, fix_sql FROM routable.audit('"work ""spaces"""', 'run''time', 'mo"del');
\pset format aligned
SELECT fix_sql FROM routable.audit('"work ""spaces"""', 'run''time', 'mo"del')
\gexec
SELECT "mo""del", count(*) FROM "work ""spaces""" GROUP BY 1 ORDER BY 1;
DROP TABLE "work ""spaces""";
DROP TYPE regress_engine;

-- No UPDATE can set a generated column.
CREATE TABLE regress_documents (runtime text, settings jsonb, model text GENERATED ALWAYS AS (settings ->> 'model') STORED);
INSERT INTO regress_documents VALUES ('Claude-Code', '{"model": "sonnet"}'), ('claude-code', '{"model": "SONNET"}');
SELECT runtime, model, rows, code, suggestion, fix_sql FROM routable.audit('regress_documents');
DROP TABLE regress_documents;

-- A role sees only what it may read. If rows would be hidden, it gets an error instead of a smaller count.
CREATE ROLE regress_model_routable_auditor;
SET ROLE regress_model_routable_auditor;
SELECT count(*) FROM routable.audit('workspaces');
RESET ROLE;
GRANT SELECT ON workspaces TO regress_model_routable_auditor;
SET ROLE regress_model_routable_auditor;
SELECT count(*) FROM routable.audit('workspaces');
RESET ROLE;
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
SET ROLE regress_model_routable_auditor;
SELECT count(*) FROM routable.audit('workspaces');
RESET ROLE;
SELECT count(*) FROM routable.audit(NULL);
DROP TABLE workspaces;
SELECT count(*) FROM routable.audit();
DROP COLLATION regress_folded;
DROP ROLE regress_model_routable_auditor;
