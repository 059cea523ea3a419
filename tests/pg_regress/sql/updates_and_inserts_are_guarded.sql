CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES (1, 'claude-code', 'moonshot/kimi-k2.6'), (2, 'claude-code', 'anthropic/claude-opus-4-7'),
                              (3, 'codex', 'gpt-5.5'), (4, 'langgraph', 'anything'), (5, 'hermes', NULL);

-- UPDATE of either column, of both, and from another table.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;
UPDATE workspaces SET model = 'anthropic/claude-opus-4-7' WHERE id = 1;
UPDATE workspaces SET runtime = 'codex', model = 'openai/gpt-5.4' WHERE id = 1;
UPDATE workspaces SET runtime = new.runtime FROM (VALUES (3, 'hermes')) AS new (id, runtime) WHERE workspaces.id = new.id;
UPDATE workspaces SET note = 'x';

-- INSERT in its forms.
INSERT INTO workspaces VALUES (6, 'hermes', 'anthropic/claude-opus-4-7');
INSERT INTO workspaces SELECT id + 10, 'hermes', model FROM workspaces;
WITH new AS (INSERT INTO workspaces VALUES (7, 'hermes', 'x') RETURNING *) SELECT * FROM new;
INSERT INTO workspaces VALUES (8, 'hermes', 'openrouter/auto') RETURNING id;

-- An unknown runtime passes, and so does a blank model. Changes that start from such a row are judged.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 4;
UPDATE workspaces SET runtime = 'mock' WHERE id = 3;
UPDATE workspaces SET model = ' ' WHERE id = 4;
UPDATE workspaces SET model = NULL, runtime = NULL WHERE id = 8;
UPDATE workspaces SET model = 'x' WHERE id = 5;

-- COPY stores all rows or none.
COPY workspaces FROM stdin;
20	hermes	moonshot/kimi-k2.6	a
21	hermes	anthropic/claude-opus-4-7	b
22	hermes	moonshot/kimi-k2.5	c
\.
COPY workspaces FROM stdin;
23	hermes	moonshot/kimi-k2.6	a
24	unheard-of	whatever	b
\.
SELECT id, runtime, model FROM workspaces ORDER BY id;
SELECT count(*) AS bad_pairs FROM workspaces WHERE NOT model_routable(runtime, model);
DROP TABLE workspaces;
