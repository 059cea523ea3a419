SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
\set registry `cat providers.yaml`
CREATE EXTENSION model_routable;
CREATE ROLE regress_model_routable_plain;
CREATE ROLE regress_model_routable_keeper;
GRANT EXECUTE ON FUNCTION routable.release(text, text, boolean), routable.revert(integer, text, boolean), routable.check(text), routable.diff(text, integer)
    TO regress_model_routable_keeper;
SET ROLE regress_model_routable_plain;
SELECT routable.release(:'registry');
SELECT routable.revert(0);
SELECT * FROM routable.check(:'registry');
SELECT * FROM routable.diff(:'registry');
SELECT routable.put_in_force(:'registry', NULL, false);
SELECT routable.compile(:'registry');
SELECT routable.compile_anew(:'registry', 1);
SELECT routable.tell_release();
SELECT routable.last_release();
INSERT INTO routable.release_store (number, released_at, released_by) VALUES (1, now(), 'me');
TABLE routable.release_store;
TABLE routable.releases;
SELECT source FROM routable.registry;
-- A keeper needs only these four functions, and the history has its name.
SET ROLE regress_model_routable_keeper;
SELECT routable.release(:'registry', 'by its keeper');
SELECT routable.revert(0);
SELECT number, released_by, note FROM routable.releases ORDER BY number;
SELECT * FROM routable.check(:'registry');
SELECT count(*) FROM routable.diff(:'registry');
INSERT INTO routable.release_store (number, released_at, released_by) VALUES (3, now(), 'me');
DELETE FROM routable.release_store;
-- Functions that a role plants are not called.
RESET ROLE;
CREATE SCHEMA regress_planted AUTHORIZATION regress_model_routable_keeper;
SET ROLE regress_model_routable_keeper;
CREATE FUNCTION regress_planted.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz';
CREATE FUNCTION regress_planted.compile(text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
SET search_path = regress_planted, pg_catalog;
SELECT routable.release(:'registry');
RESET search_path;
RESET ROLE;
-- A superuser can also write by INSERT. The server stores what it makes of the text, and existing rows cannot be altered.
INSERT INTO routable.release_store VALUES (4, now(), 'by hand', NULL, :'registry', 'wrong', 1, 1, 1, 'not an image');
SELECT number, length(sha256), runtimes, models, image <> 'not an image' AS is_compiled FROM routable.release_store WHERE number = 4;
SELECT release, model_routable('claude-code', 'kimi-k2') FROM routable.registry;
INSERT INTO routable.release_store VALUES (5, now(), 'by hand', NULL, 'no registry', 'x', 1, 1, 1);
UPDATE routable.release_store SET note = 'another';
DELETE FROM routable.release_store WHERE number = 4;
TRUNCATE routable.release_store;
DROP SCHEMA regress_planted CASCADE;
REVOKE EXECUTE ON FUNCTION routable.release(text, text, boolean), routable.revert(integer, text, boolean), routable.check(text), routable.diff(text, integer)
    FROM regress_model_routable_keeper;
\c :original
DROP DATABASE regress_model_routable_releases;
DROP ROLE regress_model_routable_plain, regress_model_routable_keeper;
