\set original :DBNAME
CREATE DATABASE regress_model_routable_euc_jp TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_model_routable_euc_jp
\set VERBOSITY verbose
\set SHOW_CONTEXT never
SET client_encoding = 'UTF8';
CREATE EXTENSION model_routable;
CREATE TABLE "作業" (id int PRIMARY KEY, "実行" text, "模型" text);
-- 0xF5A1 is a user-defined character of EUC_JP without a counterpart in Unicode. This row is from before the guard.
INSERT INTO "作業" VALUES (1, 'hermes', convert_from('\xf5a1', 'EUC_JP'));
SELECT routable.attach('"作業"', '実行', '模型');
INSERT INTO "作業" VALUES (2, 'hermes', 'moonshot/kimi-k2.6'), (3, '未知', '日本');
INSERT INTO "作業" VALUES (4, 'hermes', '日本');
-- An ideographic space is white space in Unicode.
SELECT model_routable('hermes', '　moonshot/kimi-k2.6　') AS trimmed, model_routable('hermes', '　') AS blank,
       model_routable('hermes', 'openrouter/日本') AS by_pattern, model_routable('hermes', '日本') AS refused;
SELECT code, suggestions FROM routable.explain('claude-code', 'sonnet日');

-- An id with such a character is not listed by any registry. It raises no error of the lookup, which would make the old row
-- uneditable, and none of the message.
UPDATE "作業" SET id = 10 WHERE id = 1;
UPDATE "作業" SET "模型" = convert_from('\x6bf5a1', 'EUC_JP') WHERE id = 2;
UPDATE "作業" SET "実行" = convert_from('\xf5a1', 'EUC_JP') WHERE id = 2;
SELECT model_routable('hermes', convert_from('\xf5a1', 'EUC_JP')) AS unlisted,
       model_routable('hermes', convert_from('\x6f70656e726f757465722ff5a1', 'EUC_JP')) AS by_pattern;
SELECT code FROM routable.explain('hermes', convert_from('\xf5a1', 'EUC_JP'));
SELECT count(*) FROM routable.models;
\c :original
DROP DATABASE regress_model_routable_euc_jp;
