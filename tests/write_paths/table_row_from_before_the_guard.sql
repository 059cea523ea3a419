-- UPDATE of a row from before the guard
-- Triggers judge a row if its pair changes. A CHECK judges it whenever it is written. Fix such rows first.
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7', 'old'), (2, 'hermes', 'anthropic/claude-opus-4-7', 'old');
SELECT guard('workspaces');

UPDATE workspaces SET note = 'old and edited' WHERE id = 1;
UPDATE workspaces SET model = 'anthropic/claude-opus-4-8', note = 'changed' WHERE id = 2;

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model) AND note NOT LIKE 'old%') AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'old and edited') AS false_refusals FROM workspaces;
