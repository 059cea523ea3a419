-- Partitions whose columns are in another order, with dropped ones between
CREATE TABLE workspaces (id int, runtime text, model text, note text) PARTITION BY RANGE (id);
CREATE TABLE workspaces_low (gone int, note text, model text, gone_too text, runtime text, id int);
ALTER TABLE workspaces_low DROP COLUMN gone, DROP COLUMN gone_too;
ALTER TABLE workspaces ATTACH PARTITION workspaces_low FOR VALUES FROM (0) TO (100);
CREATE TABLE workspaces_high (model text, gone text, id int, note text, runtime text);
ALTER TABLE workspaces_high DROP COLUMN gone;
ALTER TABLE workspaces ATTACH PARTITION workspaces_high FOR VALUES FROM (100) TO (200);
INSERT INTO workspaces
    SELECT id, 'claude-code', 'anthropic/claude-opus-4-7' FROM unnest('{1, 101}'::int[]) AS id
    UNION ALL SELECT id, 'claude-code', 'moonshot/kimi-k2.6' FROM unnest('{2, 3, 102}'::int[]) AS id;
SELECT guard('workspaces');

UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 101;
UPDATE workspaces SET runtime = 'hermes', id = 111 WHERE id = 1;
COPY workspaces FROM stdin;
4	hermes	anthropic/claude-opus-4-7	\N
\.
-- One statement for both layouts, and one that moves a row from one to the other.
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate' WHERE id IN (2, 102);
UPDATE workspaces SET runtime = 'hermes', note = 'legitimate', id = 103 WHERE id = 3;
COPY workspaces FROM stdin;
5	hermes	moonshot/kimi-k2.6	legitimate
105	hermes	moonshot/kimi-k2.6	legitimate
\.

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    5 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
