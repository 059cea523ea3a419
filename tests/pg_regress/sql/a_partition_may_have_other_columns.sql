\set VERBOSITY verbose
\set SHOW_CONTEXT never
-- One partition has its columns in another order, with dropped columns between them. One is itself partitioned.
CREATE TABLE fleet (id int, region int, runtime text, model varchar(60)) PARTITION BY LIST (region);
CREATE TABLE fleet_1 PARTITION OF fleet FOR VALUES IN (1);
CREATE TABLE fleet_2 (gone text, model varchar(60), gone_too int, region int, runtime text, id int);
ALTER TABLE fleet_2 DROP COLUMN gone, DROP COLUMN gone_too;
ALTER TABLE fleet ATTACH PARTITION fleet_2 FOR VALUES IN (2);
CREATE TABLE fleet_3 (model varchar(60), runtime text, id int, region int) PARTITION BY LIST (region);
ALTER TABLE fleet ATTACH PARTITION fleet_3 FOR VALUES IN (3);
CREATE TABLE fleet_3_default (id int, model varchar(60), region int, gone text, runtime text);
ALTER TABLE fleet_3_default DROP COLUMN gone;
ALTER TABLE fleet_3 ATTACH PARTITION fleet_3_default DEFAULT;
SELECT routable.attach('fleet');
INSERT INTO fleet VALUES (1, 1, 'claude-code', 'sonnet'), (2, 2, 'claude-code', 'sonnet'), (3, 3, 'claude-code', 'sonnet');
SELECT routable.is_guarded('fleet');

UPDATE fleet SET runtime = 'hermes' WHERE id = 2;
UPDATE fleet SET runtime = 'hermes' WHERE id = 3;
INSERT INTO fleet VALUES (4, 2, 'hermes', 'sonnet');
INSERT INTO fleet_2 (id, region, runtime, model) VALUES (4, 2, 'hermes', 'sonnet');
COPY fleet FROM STDIN;
4	3	hermes	sonnet
\.
-- A row moves between them, with and without a change of the runtime.
UPDATE fleet SET region = 3 WHERE id = 2;
UPDATE fleet SET region = 1, runtime = 'hermes' WHERE id = 3;
UPDATE fleet SET region = 2, runtime = 'hermes', model = 'moonshot/kimi-k2.6' WHERE id = 1;
SELECT tableoid::regclass, * FROM fleet ORDER BY id;

-- The columns that a role has set are those of the table that it named, whatever their order in the partition is.
CREATE ROLE regress_model_routable_writer;
GRANT UPDATE (runtime), SELECT (id) ON fleet TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE fleet SET runtime = 'hermes' WHERE id = 3;
RESET ROLE;
-- Row-level security of the root hides every value, even if the partition itself has none.
ALTER TABLE fleet ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON fleet USING (true);
GRANT SELECT ON fleet, fleet_3_default TO regress_model_routable_writer;
SET ROLE regress_model_routable_writer;
UPDATE fleet SET runtime = 'hermes' WHERE id = 3;
RESET ROLE;

-- Columns that are added and dropped later.
ALTER TABLE fleet DROP COLUMN id;
ALTER TABLE fleet ADD COLUMN added text DEFAULT 'x';
UPDATE fleet SET runtime = 'hermes' WHERE region = 3;
UPDATE fleet SET model = 'sonnet', added = 'y' WHERE region = 2;
SELECT count(*) AS bad_pairs FROM fleet WHERE NOT model_routable(runtime, model);
DROP TABLE fleet;
DROP ROLE regress_model_routable_writer;
