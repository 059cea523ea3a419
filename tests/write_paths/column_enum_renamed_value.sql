-- ALTER TYPE … RENAME VALUE of an enum
-- Only the name of the value changes. No row is written, so no trigger fires.
CREATE TYPE runtime AS ENUM ('claude-code', 'assistant', 'hermes');
CREATE TABLE workspaces (id int PRIMARY KEY, runtime runtime, model text, note text);
INSERT INTO workspaces VALUES (1, 'assistant', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TYPE runtime RENAME VALUE 'hermes' TO 'former hermes';
ALTER TYPE runtime RENAME VALUE 'assistant' TO 'hermes';
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime::text, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
