\set original :DBNAME
CREATE DATABASE regress_model_routable_latin1 TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_model_routable_latin1
\set VERBOSITY verbose
\set SHOW_CONTEXT never
SET client_encoding = 'UTF8';
CREATE EXTENSION model_routable;
CREATE TABLE "wörkspaces" (runtime text, model text);
SELECT routable.attach('"wörkspaces"');
INSERT INTO "wörkspaces" VALUES ('hermes', 'moonshot/kimi-k2.6'), ('hérmes', 'ünknown');
INSERT INTO "wörkspaces" VALUES ('hermes', 'ünknown');
-- U+00A0 is one byte here and two in UTF-8; it is white space in both.
SELECT model_routable('hermes', U&'\00a0moonshot/kimi-k2.6\00a0') AS trimmed, model_routable('hermes', U&'\00a0') AS blank,
       model_routable('hermes', 'openrouter/ü') AS by_pattern, model_routable('hermes', 'ü') AS refused;
SELECT code, suggestions FROM routable.explain('claude-code', 'sönnet');
SELECT count(*) FROM routable.models;
\c :original
DROP DATABASE regress_model_routable_latin1;
