-- The database of the examples: two workspaces, guarded.
CREATE EXTENSION IF NOT EXISTS model_routable;
CREATE TABLE workspaces (
    id      bigint PRIMARY KEY,
    name    text NOT NULL,
    runtime text NOT NULL,
    model   text NOT NULL
);
INSERT INTO workspaces VALUES
    (1, 'support bot', 'claude-code', 'moonshot/kimi-k2.6'),
    (2, 'code review', 'claude-code', 'anthropic/claude-opus-4-7');
SELECT routable.attach('workspaces');
