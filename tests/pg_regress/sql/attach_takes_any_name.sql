\set SHOW_CONTEXT never
CREATE SCHEMA "my schema";
CREATE TABLE "my schema"."it's ""quoted""\" ("run'ti""me\x=y" text, "mo\000del = z" varchar(40));
CREATE TABLE "select" ("%I" text, "$1" text);
CREATE TABLE "MixedCase" (runtime text, model text);
CREATE UNLOGGED TABLE unlogged (runtime text, model text);
CREATE TEMP TABLE temporary (runtime text, model text);
CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (
    rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr text,
    mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm text);
SELECT routable.attach('"my schema"."it''s ""quoted""\"', E'run\'ti"me\\x=y', E'mo\\000del = z');
SELECT routable.attach('"select"', '%I', '$1');
SELECT routable.attach('"MixedCase"');
SELECT routable.attach('unlogged');
SELECT routable.attach('temporary');
SELECT routable.attach('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr', 'mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm');
SELECT relation, runtime_column, model_column, constraint_name, state, issues, routable.is_guarded(relation)
    FROM routable.guards ORDER BY relation::text COLLATE "C" \gx

-- Each guard refuses, and attaching again changes nothing, whatever the session's settings for literals and names are.
INSERT INTO "my schema"."it's ""quoted""\" VALUES ('hermes', 'nonsense');
INSERT INTO temporary VALUES ('hermes', 'nonsense');
SET standard_conforming_strings = off;
SET escape_string_warning = off;
SET quote_all_identifiers = on;
SET search_path = "my schema";
SELECT routable.attach(oid, 'run''ti"me\\x=y', 'mo\\000del = z') FROM pg_class WHERE relname LIKE 'it%';
SELECT routable.attach(oid) FROM pg_class WHERE relname IN ('MixedCase', 'temporary', 'unlogged') ORDER BY relname;
SELECT count(*) FROM routable.guards WHERE state = 'enforcing';
RESET ALL;

-- A value is shown as it was passed.
SELECT routable.attach('unlogged', on_mismatch => 'a|b');

SELECT routable.detach(relation) FROM routable.guards;
SELECT count(*) FROM routable.guards;
DROP TABLE "select", "MixedCase", unlogged, temporary, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;
SET client_min_messages = warning;
DROP SCHEMA "my schema" CASCADE;
