-- Foreign key ON DELETE SET DEFAULT
CREATE TABLE runtimes (name text PRIMARY KEY);
INSERT INTO runtimes VALUES ('claude-code'), ('draft'), ('hermes');
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text DEFAULT 'hermes' REFERENCES runtimes ON DELETE SET DEFAULT,
    model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'draft', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

DELETE FROM runtimes WHERE name = 'claude-code';
DELETE FROM runtimes WHERE name = 'draft';

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    count(*) FILTER (WHERE runtime = 'draft') AS false_refusals FROM workspaces;
