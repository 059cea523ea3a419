\set original :DBNAME
CREATE DATABASE regress_model_routable_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_model_routable_ascii
\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES ('hermes', 'moonshot/kimi-k2.6'), (E'h\xe9rmes', E'\xff');
-- Bytes are judged unchanged, and escaped in messages, so that a message stays text.
INSERT INTO workspaces VALUES ('hermes', E'\xff\xfe"x');
SELECT model_routable('hermes', E' \t\x0bmoonshot/kimi-k2.6\r\n\f') AS trimmed_of_ascii,
       model_routable('hermes', E'\xc2\xa0moonshot/kimi-k2.6') AS not_of_unicode,
       model_routable('hermes', E'openrouter/\xff') AS by_pattern, model_routable('hermes', E'\xe3\x80\x80') AS not_blank;
\c :original
DROP DATABASE regress_model_routable_ascii;
