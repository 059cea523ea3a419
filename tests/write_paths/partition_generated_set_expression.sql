-- ALTER COLUMN … SET EXPRESSION of one partition
-- PostgreSQL drops every CHECK of the root from that partition alone. Attach the guard to the root again, which puts it
-- back.
-- since: 17
CREATE TABLE workspaces (id int, runtime text, vendor text, name text,
    model text GENERATED ALWAYS AS (vendor || '/' || name) STORED, note text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low PARTITION OF workspaces FOR VALUES FROM (0) TO (100);
SELECT guard('workspaces');

ALTER TABLE workspaces_low ALTER COLUMN model SET EXPRESSION AS (lower(vendor || '/' || name));
INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic', 'claude-opus-4-7');
INSERT INTO workspaces VALUES (2, 'hermes', 'moonshot', 'kimi-k2.6', DEFAULT, 'legitimate');

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
