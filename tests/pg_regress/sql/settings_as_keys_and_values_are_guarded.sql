-- A table of keys and values has the runtime and the model in two rows. A column of the model's row has the runtime.
\set VERBOSITY terse
-- docs begin schema
CREATE TABLE agent_settings (
    agent_id      bigint NOT NULL,
    key           text NOT NULL CHECK (key IN ('runtime', 'model', 'theme')),
    value         text NOT NULL,
    runtime       text,
    model         text GENERATED ALWAYS AS (CASE key WHEN 'model' THEN value END) STORED,
    runtime_value text GENERATED ALWAYS AS (CASE key WHEN 'runtime' THEN value END) STORED,
    PRIMARY KEY (agent_id, key),
    UNIQUE (agent_id, runtime_value),
    CONSTRAINT agent_settings_model_has_runtime CHECK ((key = 'model') = (runtime IS NOT NULL)),
    CONSTRAINT agent_settings_runtime FOREIGN KEY (agent_id, runtime) REFERENCES agent_settings (agent_id, runtime_value)
        ON UPDATE CASCADE
);
CREATE FUNCTION carry_runtime() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.runtime = (SELECT value FROM agent_settings WHERE agent_id = NEW.agent_id AND key = 'runtime');
    RETURN NEW;
END
$$;
CREATE TRIGGER carry_runtime BEFORE INSERT ON agent_settings FOR EACH ROW WHEN (NEW.key = 'model')
    EXECUTE FUNCTION carry_runtime();
SELECT routable.attach('agent_settings', before_update => false);
-- docs end schema
SELECT relation, state, issues FROM routable.guards;

-- Writers do not have to change. The runtime is written before the model.
INSERT INTO agent_settings (agent_id, key, value) VALUES (1, 'model', 'sonnet');
INSERT INTO agent_settings (agent_id, key, value)
    VALUES (1, 'runtime', 'claude-code'), (1, 'model', 'sonnet'), (1, 'theme', 'dark'), (2, 'runtime', 'hermes');
INSERT INTO agent_settings (agent_id, key, value) VALUES (2, 'model', 'sonnet');
INSERT INTO agent_settings (agent_id, key, value) VALUES (1, 'modle', 'sonnet');
INSERT INTO agent_settings (agent_id, key, value) VALUES (1, 'model', 'moonshot/kimi-k2.6')
    ON CONFLICT (agent_id, key) DO UPDATE SET value = excluded.value;
INSERT INTO agent_settings (agent_id, key, value) VALUES (1, 'model', 'nonsense')
    ON CONFLICT (agent_id, key) DO UPDATE SET value = excluded.value;
UPDATE agent_settings SET value = 'hermes' WHERE agent_id = 1 AND key = 'runtime';
UPDATE agent_settings SET value = 'sonnet' WHERE agent_id = 1 AND key = 'model';
SELECT agent_id, key, value, runtime FROM agent_settings ORDER BY 1, 2;

-- Writes that would separate the two.
UPDATE agent_settings SET runtime = 'claude-code' WHERE agent_id = 1 AND key = 'model';
UPDATE agent_settings SET runtime = NULL WHERE agent_id = 1 AND key = 'model';
UPDATE agent_settings SET key = 'model' WHERE agent_id = 1 AND key = 'theme';
DELETE FROM agent_settings WHERE agent_id = 1 AND key = 'runtime';

-- Both change at once. Neither is routable with the former other one.
SELECT model_routable('hermes', 'sonnet'), model_routable('claude-code', 'openai/gpt-5-4');
UPDATE agent_settings SET value = 'openai/gpt-5-4' WHERE agent_id = 1 AND key = 'model';
-- docs begin both
UPDATE agent_settings SET
    value = CASE key WHEN 'runtime' THEN 'claude-code' ELSE 'sonnet' END,
    runtime = CASE key WHEN 'model' THEN 'claude-code' END
    WHERE agent_id = 1 AND key IN ('runtime', 'model');
-- docs end both
SELECT agent_id, key, value, runtime FROM agent_settings ORDER BY 1, 2;
DELETE FROM agent_settings WHERE agent_id = 1;
SELECT agent_id, key, value, runtime FROM agent_settings ORDER BY 1, 2;
DROP TABLE agent_settings;
DROP FUNCTION carry_runtime();
