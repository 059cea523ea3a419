-- The list is a table with a row for each model. A foreign key copies the runtime to these rows.
\set VERBOSITY terse
CREATE TABLE agents (id bigint PRIMARY KEY, runtime text NOT NULL, models text[] NOT NULL);
INSERT INTO agents VALUES (1, 'claude-code', '{sonnet,moonshot/kimi-k2.6}'), (2, 'hermes', '{moonshot/kimi-k2.6,sonnet}');
DO $$
BEGIN
    PERFORM routable.attach('agents', model_column => 'models');
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE '%', SQLERRM;
END
$$;
-- docs begin schema
ALTER TABLE agents ADD UNIQUE (id, runtime);
CREATE TABLE agent_models (
    agent_id bigint NOT NULL,
    place    integer NOT NULL,
    runtime  text NOT NULL,
    model    text NOT NULL,
    PRIMARY KEY (agent_id, place),
    CONSTRAINT agent_models_runtime FOREIGN KEY (agent_id, runtime) REFERENCES agents (id, runtime)
        ON UPDATE CASCADE ON DELETE CASCADE
);
INSERT INTO agent_models (agent_id, place, runtime, model)
    SELECT id, place, runtime, model FROM agents, unnest(models) WITH ORDINALITY AS list (model, place);
ALTER TABLE agents DROP COLUMN models;
SELECT routable.attach('agent_models');
SELECT runtime, model, rows, code FROM routable.audit('agent_models');
-- docs end schema
-- docs begin view
CREATE VIEW agents_with_models AS
    SELECT agents.*, ARRAY(SELECT model FROM agent_models WHERE agent_id = agents.id ORDER BY place) AS models FROM agents;
-- docs end view
SELECT * FROM agents_with_models ORDER BY id;

-- One bad model refuses the change of the runtime for all models.
UPDATE agents SET runtime = 'hermes' WHERE id = 1;
-- docs begin replace
BEGIN;
DELETE FROM agent_models WHERE agent_id = 1;
INSERT INTO agent_models (agent_id, place, runtime, model)
    SELECT id, place, runtime, model
        FROM agents, unnest('{opus,sonnet,moonshot/kimi-k2.6}'::text[]) WITH ORDINALITY AS list (model, place) WHERE id = 1;
COMMIT;
-- docs end replace
INSERT INTO agent_models VALUES (1, 4, 'claude-code', 'nonsense');
SELECT * FROM agents_with_models ORDER BY id;
DROP VIEW agents_with_models;
DROP TABLE agent_models, agents;
