\set original :DBNAME
\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE DATABASE regress_model_routable_latin1 TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_model_routable_latin1
SET client_encoding = 'UTF8';
CREATE EXTENSION model_routable;
SELECT runtime, display_name, default_model FROM routable.runtimes;
SELECT provider, display_name FROM routable.providers;
SELECT runtime, model, provider, status, pattern FROM routable.models WHERE runtime IN ('hermès', '\u{672a}\u{77e5}');
SELECT * FROM routable.explain('hermès', 'plain/two');
SELECT * FROM routable.explain('hermès', 'onder');
SELECT * FROM routable.explain('hermès', 'ünder', ARRAY['TRADE_KEY']);
SELECT routable.derive_provider('hermès', 'ünder');
-- Escaped, an id is another one, and these are to be stored.
SELECT routable.default_model('it''s'), suggestions FROM routable.explain('hermès', 'sönnet-x');
\set VERBOSITY default
SELECT routable.default_model('hermès');
\set VERBOSITY verbose
CREATE TABLE workspaces (id int, runtime text, model text);
SELECT routable.attach('workspaces', on_mismatch => 'warn');
INSERT INTO workspaces VALUES (1, 'hermès', 'onder'), (2, 'hermès', 'sönnet-x');
-- A model that cannot be stored is no default to reset to.
SELECT routable.attach('workspaces', on_mismatch => 'reset');
INSERT INTO workspaces VALUES (3, 'external', 'x');
UPDATE workspaces SET runtime = 'it''s' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermès' WHERE id = 3;
\c :original
DROP DATABASE regress_model_routable_latin1;

CREATE DATABASE regress_model_routable_euc_jp TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_model_routable_euc_jp
SET client_encoding = 'UTF8';
CREATE EXTENSION model_routable;
SELECT runtime, display_name, default_model FROM routable.runtimes;
SELECT provider, display_name FROM routable.providers;
SELECT model_routable('hermès', '模型-ü'), code, reason FROM routable.explain('hermès', 'x');
\c :original
DROP DATABASE regress_model_routable_euc_jp;
