-- The server cannot judge what the application encrypts. A CHECK refuses a runtime for which the application did not judge
-- the model.
\set VERBOSITY terse
-- docs begin schema
CREATE TABLE agents (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    runtime         text NOT NULL,
    model_encrypted bytea NOT NULL,
    judged_for      text NOT NULL,
    CONSTRAINT agents_model_judged CHECK (judged_for = runtime)
);
-- docs end schema
DO $$
BEGIN
    PERFORM routable.attach('agents', model_column => 'model_encrypted');
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE '%', SQLERRM;
END
$$;
-- Encrypted text is a model that no provider lists.
SELECT model_routable('claude-code', 'gAAAAABlYcipher');
INSERT INTO agents (runtime, model_encrypted, judged_for) VALUES ('claude-code', '\x01', 'claude-code');

-- docs begin writes
PREPARE set_model (bigint, bytea, text) AS
    UPDATE agents SET model_encrypted = $2, judged_for = $3 WHERE id = $1;
PREPARE set_runtime (bigint, text, bytea) AS
    UPDATE agents SET runtime = $2, judged_for = $2 WHERE id = $1 AND model_encrypted = $3;
-- docs end writes
EXECUTE set_model (1, '\x02', 'claude-code');
EXECUTE set_runtime (1, 'hermes', '\x02');
-- The judged runtime is not the stored runtime.
EXECUTE set_model (1, '\x03', 'claude-code');
EXECUTE set_runtime (1, 'claude-code', '\x01');
-- A writer that does not know the rule.
UPDATE agents SET runtime = 'claude-code';
-- What the CHECK cannot detect.
UPDATE agents SET model_encrypted = '\x04';
SELECT * FROM agents;
DEALLOCATE set_model;
DEALLOCATE set_runtime;
DROP TABLE agents;
