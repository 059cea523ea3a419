-- A foreign key copies the runtime of one table to the models in another table, where the guard judges the pair.
\set VERBOSITY terse
-- docs begin schema
CREATE TABLE agents (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    runtime text NOT NULL,
    UNIQUE (id, runtime)
);
CREATE TABLE agent_models (
    agent_id bigint NOT NULL,
    purpose  text NOT NULL,
    runtime  text NOT NULL,
    model    text NOT NULL,
    PRIMARY KEY (agent_id, purpose),
    CONSTRAINT agent_models_runtime FOREIGN KEY (agent_id, runtime) REFERENCES agents (id, runtime)
        ON UPDATE CASCADE ON DELETE CASCADE
);
SELECT routable.attach('agent_models');
-- docs end schema
SELECT relation, state, issues FROM routable.guards;
INSERT INTO agents (runtime) VALUES ('claude-code');

-- docs begin insert
INSERT INTO agent_models (agent_id, purpose, runtime, model)
    SELECT id, 'chat', runtime, 'sonnet' FROM agents WHERE id = 1;
-- docs end insert
INSERT INTO agent_models VALUES (1, 'summary', 'claude-code', 'moonshot/kimi-k2.6');

-- Changes on both sides are judged, and no row has another runtime than its agent.
UPDATE agents SET runtime = 'hermes';
UPDATE agent_models SET model = 'nonsense';
UPDATE agent_models SET runtime = 'elsewhere';
INSERT INTO agent_models VALUES (1, 'other', 'elsewhere', 'nonsense');
INSERT INTO agent_models VALUES (1, 'other', NULL, 'nonsense');
UPDATE agents SET runtime = 'elsewhere';
SELECT purpose, runtime, model FROM agent_models ORDER BY purpose;
UPDATE agents SET runtime = 'claude-code';

-- Both change at once. Neither is routable with the former other one.
SELECT model_routable('hermes', 'sonnet'), model_routable('claude-code', 'openai/gpt-5-4');
-- docs begin deferral
SELECT routable.attach('agent_models', deferral => 'deferred');
-- docs end deferral
-- docs begin both
BEGIN;
UPDATE agents SET runtime = 'hermes' WHERE id = 1;
UPDATE agent_models SET model = 'openai/gpt-5-4' WHERE agent_id = 1 AND purpose = 'chat';
COMMIT;
-- docs end both
SELECT purpose, runtime, model FROM agent_models ORDER BY purpose;

-- The former model cannot stay.
BEGIN;
UPDATE agents SET runtime = 'claude-code' WHERE id = 1;
COMMIT;
SELECT purpose, runtime, model FROM agent_models ORDER BY purpose;

-- The same in one statement without a deferred guard. The foreign key is checked at the end of the statement.
SELECT routable.attach('agent_models');
-- docs begin statement
WITH model AS (
    UPDATE agent_models SET runtime = 'claude-code', model = 'sonnet' WHERE agent_id = 1 AND purpose = 'chat'
)
UPDATE agents SET runtime = 'claude-code' WHERE id = 1;
-- docs end statement
SELECT purpose, runtime, model FROM agent_models ORDER BY purpose;

-- The cascade sets only the runtime, so reset can set the default model.
SELECT routable.attach('agent_models', on_mismatch => 'reset');
UPDATE agents SET runtime = 'hermes';
SELECT purpose, runtime, model FROM agent_models ORDER BY purpose;
DELETE FROM agents;
SELECT count(*) FROM agent_models;
DROP TABLE agent_models, agents;
