-- A table as an application has it: each workspace has the runtime on which it runs, and the model that it uses.
CREATE TABLE workspaces (
    id      bigint PRIMARY KEY,
    name    text NOT NULL,
    runtime text NOT NULL,
    model   text NOT NULL
);

INSERT INTO workspaces VALUES
    (1, 'support bot', 'claude-code', 'moonshot/kimi-k2.6'),
    (2, 'code review', 'claude-code', 'anthropic/claude-opus-4-7'),
    (3, 'scratchpad',  'codex',       'gpt-5.5');

-- The guard. If the database has such a table already, CREATE EXTENSION says how to attach it.
CREATE EXTENSION model_routable;
SELECT routable.attach('workspaces');
