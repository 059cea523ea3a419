\set SHOW_CONTEXT never
CREATE DATABASE regress_model_routable_announced TEMPLATE template0 ENCODING 'UTF8';
SELECT current_database() AS original \gset
\c regress_model_routable_announced
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE EXTENSION model_routable;
SELECT routable.release($file$
schema_version: 1
providers:
  - {name: anthropic, display_name: Anthropic, protocol: anthropic, auth_mode: key, auth_env: [A_KEY], model_prefix_match: ^claude-}
  - {name: gateway, display_name: Gateway, protocol: openai, auth_mode: key, auth_env: [G_KEY]}
  - {name: openai, display_name: OpenAI, protocol: openai, auth_mode: key, auth_env: [O_KEY], model_prefix_match: ^gpt-}
runtimes:
  claude-code:
    default_model: claude-opus-4-7
    providers:
      - name: anthropic
        models:
          - {id: claude-opus-4-6, retires: 2999-12-31, replacement: claude-opus-4-7}
          - claude-opus-4-7
          - {id: claude-shared, retires: 2999-01-01}
        withdrawn_models:
          - {id: claude-2, since: 2025-07-21, replacement: claude-opus-4-7}
          - claude-instant
      - name: gateway
        models: [gateway/claude-opus-4-7, {id: claude-shared, retires: 2999-06-30}, {id: claude-both, retires: 2999-01-01}]
      - name: openai
        only_listed: true
        models: [gpt-5.5, claude-both]
external_runtimes: [langgraph]
$file$);
RESET client_min_messages;
SELECT * FROM routable.models;
SELECT runtimes, external_runtimes FROM routable.registry;
-- Dates and replacements change no answer. An arm with only_listed matches nothing else.
SELECT model, code, provider, matched_by, suggestions FROM unnest(ARRAY['claude-opus-4-6', 'claude-2', 'claude-instant', 'claude-9',
    'gpt-5.5', 'gpt-9', 'gateway/x', 'claude-shared']) AS model, routable.explain('claude-code', model);
SELECT routable, code, reason, provider FROM routable.explain('langgraph', 'x');
\pset format unaligned
SELECT reason, suggestions FROM unnest(ARRAY['claude-opus-4-6', 'claude-shared', 'claude-2', 'claude-opus-4.7']) AS model,
    routable.explain('claude-code', model);
SELECT reason, suggestions FROM routable.explain('Claude-Code', 'x');
\pset format aligned

CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'claude-2'), (2, 'claude-code', 'claude-instant'), (3, 'claude-code', ' claude-opus-4-6'),
    (4, 'claude-code', 'claude-shared'), (5, 'claude-code', 'claude-both'), (6, 'claude-code', 'claude-opus-4-7');
SELECT routable.attach('workspaces');
-- The refusal of a withdrawn id names its replacement.
INSERT INTO workspaces VALUES (7, 'claude-code', 'claude-2');
\pset format unaligned
SELECT model, code, reason, suggestion, fix_sql FROM routable.audit();
-- An id that several arms list retires when the last of them retires it.
SELECT model, code, reason, suggestion, fix_sql FROM routable.audit('workspaces', retiring_by => '2999-06-29') WHERE code = 'RETIRING';
SELECT model, code, reason, suggestion, fix_sql FROM routable.audit('workspaces', retiring_by => '2999-12-31') WHERE code = 'RETIRING';
SELECT model, code FROM routable.audit('workspaces', retiring_by => 'infinity') WHERE code = 'RETIRING';
\pset format aligned
SELECT fix_sql FROM routable.audit(retiring_by => '2999-12-31') WHERE fix_sql IS NOT NULL
\gexec
SELECT * FROM workspaces ORDER BY id;
SELECT model, code, suggestion, fix_sql FROM routable.audit(retiring_by => '2999-12-31');
-- A replacement that also retires by that day is named, but there is no statement.
SET client_min_messages = error;
SELECT routable.release($file$
schema_version: 1
providers:
  - {name: anthropic, display_name: Anthropic, protocol: anthropic, auth_mode: key, auth_env: [A_KEY]}
runtimes:
  short:
    providers:
      - name: anthropic
        models: [{id: one, retires: 2999-01-01, replacement: two}, {id: two, retires: 2999-06-30, replacement: three}, three]
$file$);
RESET client_min_messages;
CREATE TABLE short (runtime text, model text);
INSERT INTO short VALUES ('short', 'one'), ('short', 'two');
SELECT by, model, suggestion, fix_sql IS NOT NULL AS is_fixed
    FROM unnest(ARRAY['2999-01-01', '2999-06-30']::date[]) AS by, routable.audit('short', retiring_by => by) ORDER BY by, model;
-- Another spelling that is billed to somebody else is named, but there is no statement.
SET client_min_messages = error;
SELECT routable.release($file$
schema_version: 1
providers:
  - {name: platform, display_name: Platform, protocol: anthropic, auth_mode: key, auth_env: [P_KEY]}
  - {name: anthropic, display_name: Anthropic, protocol: anthropic, auth_mode: key, auth_env: [A_KEY], model_prefix_match: (?i)^claude-}
runtimes:
  claude-code: {providers: [{name: platform, models: [claude-zed]}, {name: anthropic, models: [claude-own]}]}
$file$);
RESET client_min_messages;
TRUNCATE workspaces;
INSERT INTO workspaces VALUES (1, 'claude-code', 'Claude-Zed'), (2, 'claude-code', 'Claude-Own');
SELECT model, code, suggestion, fix_sql FROM routable.audit();
\c :original
DROP DATABASE regress_model_routable_announced;
