-- Foreign key ON UPDATE CASCADE
CREATE TABLE runtimes (name text PRIMARY KEY);
INSERT INTO runtimes VALUES ('claude-code'), ('draft');
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text REFERENCES runtimes ON UPDATE CASCADE, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7', NULL),
    (2, 'draft', 'moonshot/kimi-k2.6', 'legitimate');
SELECT guard('workspaces');

UPDATE runtimes SET name = 'openclaw' WHERE name = 'claude-code';
UPDATE runtimes SET name = 'hermes' WHERE name = 'draft';

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE runtime = 'hermes') AS false_refusals FROM workspaces;
