-- View that PostgreSQL updates by itself
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

CREATE VIEW agents AS SELECT id AS number, runtime AS engine, model AS llm, note FROM workspaces;
UPDATE agents SET engine = 'hermes' WHERE number = 1;
INSERT INTO agents VALUES (3, 'hermes', 'anthropic/claude-opus-4-7');
UPDATE agents SET engine = 'hermes', note = 'legitimate' WHERE number = 2;
INSERT INTO agents VALUES (4, 'hermes', 'moonshot/kimi-k2.6', 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    2 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
