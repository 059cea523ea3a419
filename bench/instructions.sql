-- The tables of `make instructions`: each statement of instructions.txt reads one of them.
\set QUIET on
\o /dev/null
CREATE EXTENSION model_routable;
CREATE TABLE repeated AS
    SELECT id, runtime, model FROM generate_series(1, :rows) id JOIN (VALUES
        (0, 'claude-code', 'sonnet'),
        (1, 'claude-code', 'minimax/MiniMax-M2.7-highspeed'),
        (2, 'hermes', 'moonshot/kimi-k2.6')) pair (number, runtime, model) ON number = id % 3;
-- The pairs of the others are not remembered: each stands there once, or with white space that makes it too long for that.
CREATE TABLE exact AS
    SELECT id, 'claude-code' AS runtime, 'minimax/MiniMax-M2.7-highspeed' || U&'\3000' AS model FROM generate_series(1, :rows) id;
CREATE TABLE pattern AS
    SELECT id, runtime, model || id AS model FROM generate_series(1, :rows) id JOIN (VALUES
        (0, 'claude-code', 'claude-3-7-'),
        (1, 'claude-code', 'deepseek-v'),
        (2, 'hermes', 'openrouter/')) pair (number, runtime, model) ON number = id % 3;
CREATE TABLE refused AS
    SELECT id, runtime, model || id AS model FROM generate_series(1, :rows) id JOIN (VALUES
        (0, 'claude-code', 'gpt-'),
        (1, 'claude-code', 'mistral/large-'),
        (2, 'hermes', 'anthropic/claude-')) pair (number, runtime, model) ON number = id % 3;
CREATE TABLE unknown AS
    SELECT id, runtime || id AS runtime, model FROM generate_series(1, :rows) id JOIN (VALUES
        (0, 'langgraph', 'gpt-4o'),
        (1, 'external', 'mistral/large')) pair (number, runtime, model) ON number = id % 2;
CREATE TABLE workspaces AS
    SELECT id, runtime, model FROM generate_series(1, :rows) id JOIN (VALUES
        (0, 'claude-code', 'moonshot/kimi-k2.6'),
        (1, 'claude-code', 'moonshot/kimi-k2.5')) pair (number, runtime, model) ON number = id % 2;
CREATE INDEX ON workspaces (id);
SELECT routable.attach('workspaces');
-- Pairs that only a pattern takes. A strict guard checks whether they are near misses.
CREATE TABLE strict AS
    SELECT id, runtime, model FROM generate_series(1, :rows) id JOIN (VALUES
        (0, 'claude-code', 'deepseek-v3'),
        (1, 'claude-code', 'xiaomi/mimo-7')) pair (number, runtime, model) ON number = id % 2;
SELECT routable.attach('strict', unknown_runtime => 'deny', near_miss => 'deny');
