SELECT current_database() AS original \gset
CREATE DATABASE regress_model_routable_releases TEMPLATE template0;
\c regress_model_routable_releases
\set SHOW_CONTEXT never
CREATE EXTENSION model_routable;
\set faulty 'schema_version: 1\nproviders:\n  - {name: a, display_name: A, protocol: opnai, auth_mode: k, auth_env: [K], model_prefix_match: ^a}\nruntimes:\n  r: {providers: [{name: b}]}\n'
SELECT replace(:'faulty', '\n', E'\n') AS faulty \gset
SELECT routable.release(:'faulty');
SELECT count(*) FROM routable.releases;
SELECT * FROM routable.check(:'faulty');
SELECT * FROM routable.diff(:'faulty');
SELECT routable.release('');
SELECT routable.release('- - -');
-- Each lint is a WARNING, and the file is released.
SELECT replace(replace(:'faulty', 'opnai', 'openai'), '{name: b}', '{name: a, models: [''x y'']}') AS odd \gset
SELECT * FROM routable.check(:'odd');
SELECT routable.release(:'odd');
-- A file that is longer than a server reads.
\set VERBOSITY verbose
SELECT routable.release(repeat('#', 9000000));
\set VERBOSITY default
\c :original
DROP DATABASE regress_model_routable_releases;
