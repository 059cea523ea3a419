-- UPDATE that changes nothing but upper and lower case (citext)
CREATE TABLE workspaces (id int PRIMARY KEY, runtime citext, model text, note text);
-- A runtime with other letter case is one that the registry does not know.
INSERT INTO workspaces VALUES (1, 'Hermes', 'anthropic/claude-opus-4-7'), (2, 'Hermes', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime::text, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
