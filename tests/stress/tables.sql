-- Few rows, so that several clients change the same row: an ordinary table, and a partitioned one whose second partition has its
-- columns in another order, and dropped ones between them.
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model varchar(60), note text);
CREATE TABLE fleet (id int, region int, runtime text, model varchar(60), note text, PRIMARY KEY (id, region))
    PARTITION BY LIST (region);
CREATE TABLE fleet_1 PARTITION OF fleet FOR VALUES IN (1);
CREATE TABLE fleet_2 (gone int, model varchar(60), gone_too text, note text, region int NOT NULL, runtime text, id int NOT NULL);
ALTER TABLE fleet_2 DROP COLUMN gone, DROP COLUMN gone_too;
ALTER TABLE fleet ATTACH PARTITION fleet_2 FOR VALUES IN (2);
INSERT INTO workspaces SELECT id, 'claude-code', 'moonshot/kimi-k2.6' FROM generate_series(1, 8) AS id;
INSERT INTO fleet SELECT id, 1, 'claude-code', 'moonshot/kimi-k2.6' FROM generate_series(1, 8) AS id;
SELECT routable.attach('workspaces');
SELECT routable.attach('fleet');

-- Two recipes of docs/schemas.md: a model in a document, and a runtime in another table than its models.
CREATE TABLE documents (
    id       int PRIMARY KEY,
    settings jsonb NOT NULL,
    runtime  text GENERATED ALWAYS AS (settings ->> 'runtime') STORED,
    model    text GENERATED ALWAYS AS (settings ->> 'model') STORED,
    CHECK ((jsonb_typeof(settings -> 'runtime') = 'string' AND jsonb_typeof(settings -> 'model') = 'string') IS TRUE)
);
CREATE TABLE agents (id int PRIMARY KEY, runtime text NOT NULL, UNIQUE (id, runtime));
CREATE TABLE agent_models (
    agent_id int,
    purpose  int,
    runtime  text NOT NULL,
    model    text NOT NULL,
    PRIMARY KEY (agent_id, purpose),
    CONSTRAINT agent_models_runtime FOREIGN KEY (agent_id, runtime) REFERENCES agents (id, runtime)
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE VIEW agents_with_models AS SELECT agents.runtime, model FROM agents JOIN agent_models ON agent_id = id;
INSERT INTO documents
    SELECT id, '{"runtime": "claude-code", "model": "moonshot/kimi-k2.6"}' FROM generate_series(1, 8) AS id;
INSERT INTO agents SELECT id, 'claude-code' FROM generate_series(1, 8) AS id;
INSERT INTO agent_models SELECT id, 1, runtime, 'moonshot/kimi-k2.6' FROM agents;
SELECT routable.attach('documents', before_update => false);
SELECT routable.attach('agent_models');

-- The application's table is not guarded. Every row whose pair was changed to a bad one is counted.
CREATE TABLE checked_by_application AS SELECT * FROM workspaces;
ALTER TABLE checked_by_application ADD PRIMARY KEY (id);
CREATE TABLE let_in (runtime text, model text);
CREATE FUNCTION count_let_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO let_in VALUES (NEW.runtime, NEW.model);
    RETURN NULL;
END
$$;
CREATE TRIGGER count_let_in AFTER UPDATE ON checked_by_application FOR EACH ROW
    WHEN ((OLD.runtime, OLD.model) <> (NEW.runtime, NEW.model) AND NOT model_routable(NEW.runtime, NEW.model))
    EXECUTE FUNCTION count_let_in();

-- The question of a monitor. The answer is an error with the reason, so that the server's log has it.
CREATE FUNCTION expect_guard(target regclass) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT routable.is_guarded(target) THEN
        RAISE EXCEPTION '% is not guarded: %', target, ARRAY(SELECT row(d, g) FROM
            (SELECT target UNION ALL SELECT routable.descendants(target)) AS t (d) LEFT JOIN LATERAL routable.inspect_guards(d) AS g ON true);
    END IF;
END
$$;
