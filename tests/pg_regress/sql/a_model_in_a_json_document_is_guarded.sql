-- Generated columns show the runtime and the model of a JSON document to the guard. A CHECK refuses documents without the two
-- keys.
\set VERBOSITY terse
-- docs begin schema
CREATE TABLE agents (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    settings jsonb NOT NULL,
    runtime  text GENERATED ALWAYS AS (settings ->> 'runtime') STORED,
    model    text GENERATED ALWAYS AS (settings ->> 'model') STORED,
    CONSTRAINT agents_settings_keys CHECK (
        (jsonb_typeof(settings -> 'runtime') = 'string' AND jsonb_typeof(settings -> 'model') = 'string') IS TRUE)
);
SELECT routable.attach('agents', before_update => false);
-- docs end schema
SELECT relation, state, issues FROM routable.guards;

INSERT INTO agents (settings) VALUES ('{"runtime": "claude-code", "model": "sonnet"}') RETURNING *;
INSERT INTO agents (settings) VALUES ('{"runtime": "hermes", "model": "sonnet"}');
UPDATE agents SET settings = settings || '{"runtime": "hermes"}';
UPDATE agents SET settings = jsonb_set(settings, '{model}', '"opus"');
UPDATE agents SET model = 'sonnet';

-- Keys that are misspelt, missing, of another type, or in another object.
UPDATE agents SET settings = settings - 'model' || '{"modle": "sonnet"}';
UPDATE agents SET settings = settings - 'runtime' || '{"Runtime": "hermes"}';
UPDATE agents SET settings = settings || '{"model": null}';
UPDATE agents SET settings = settings || '{"model": ["sonnet"]}';
UPDATE agents SET settings = '[]';
UPDATE agents SET settings = jsonb_build_object('settings', settings);
SELECT settings FROM agents;

-- Without the CHECK they pass, like a row without a model or a runtime.
ALTER TABLE agents DROP CONSTRAINT agents_settings_keys;
UPDATE agents SET settings = settings - 'model' || '{"modle": "nonsense"}' RETURNING runtime, model;
SELECT code FROM agents, routable.explain(runtime, model);
UPDATE agents SET settings = '{"Runtime": "hermes", "model": "sonnet"}' RETURNING runtime, model;
SELECT code FROM agents, routable.explain(runtime, model);

-- If the model is optional, a list of all keys refuses the misspelt ones.
TRUNCATE agents;
-- docs begin optional
ALTER TABLE agents ADD CONSTRAINT agents_settings_keys CHECK (
    (jsonb_typeof(settings -> 'runtime') = 'string'
        AND coalesce(jsonb_typeof(settings -> 'model'), 'null') IN ('string', 'null')
        AND settings - '{runtime,model,temperature}'::text[] = '{}') IS TRUE);
-- docs end optional
INSERT INTO agents (settings) VALUES ('{"runtime": "hermes"}'), ('{"runtime": "hermes", "model": null, "temperature": 1}');
INSERT INTO agents (settings) VALUES ('{"runtime": "hermes", "modle": "moonshot/kimi-k2.6"}');
INSERT INTO agents (settings) VALUES ('{"runtime": "hermes", "model": 5}');
INSERT INTO agents (settings) VALUES ('[]');
DROP TABLE agents;

-- A table that already has rows.
CREATE TABLE agents (id bigint PRIMARY KEY, settings jsonb NOT NULL);
INSERT INTO agents VALUES (1, '{"runtime": "codex", "model": "openai/gpt-5-4"}'), (2, '{"runtime": "codex", "modle": "gpt-5.5"}');
-- docs begin existing
ALTER TABLE agents
    ADD COLUMN runtime text GENERATED ALWAYS AS (settings ->> 'runtime') STORED,
    ADD COLUMN model text GENERATED ALWAYS AS (settings ->> 'model') STORED;
SELECT runtime, model, rows, code, suggestion FROM routable.audit('agents');
-- docs end existing
SELECT routable.attach('agents', before_update => false);
ALTER TABLE agents ADD CONSTRAINT agents_settings_keys CHECK ((jsonb_typeof(settings -> 'model') = 'string') IS TRUE) NOT VALID;
-- A bad pair from before the guard stays editable. A document without the key does not.
UPDATE agents SET settings = settings || '{"temperature": 1}' WHERE id = 1;
UPDATE agents SET settings = settings || '{"temperature": 1}' WHERE id = 2;
-- docs begin fix
UPDATE agents SET settings = jsonb_set(settings, '{model}', '"openai/gpt-5.4"')
    WHERE runtime = 'codex' AND model = 'openai/gpt-5-4';
-- docs end fix
SELECT * FROM agents ORDER BY id;
DROP TABLE agents;

-- A column of type json, a key within another object, and a key that comes twice: the last one counts.
CREATE TABLE agents (
    settings json NOT NULL,
    runtime  text GENERATED ALWAYS AS (settings ->> 'runtime') STORED,
    model    text GENERATED ALWAYS AS (settings #>> '{llm,model}') STORED,
    CHECK ((json_typeof(settings -> 'runtime') = 'string' AND json_typeof(settings #> '{llm,model}') = 'string') IS TRUE)
);
SELECT routable.attach('agents', before_update => false);
INSERT INTO agents VALUES ('{"runtime": "claude-code", "runtime": "hermes", "llm": {"model": "sonnet"}}');
INSERT INTO agents VALUES ('{"runtime": "hermes", "runtime": "claude-code", "llm": {"model": "sonnet"}}') RETURNING runtime, model;
INSERT INTO agents VALUES ('{"runtime": "claude-code", "model": "sonnet"}');
DROP TABLE agents;
