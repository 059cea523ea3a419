-- What an application would have: workspaces, each with the runtime that it runs on and the model that it asks.
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

-- The guard. Where the extension is created beside a table like this one, it says how.
CREATE EXTENSION model_routable;
SELECT routable.attach('workspaces');
