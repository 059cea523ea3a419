-- A schema that is to be tested: what an application's migrations would make.
CREATE EXTENSION IF NOT EXISTS model_routable;
CREATE TABLE workspaces (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    runtime text NOT NULL DEFAULT 'claude-code',
    model   text NOT NULL DEFAULT 'sonnet'
);
SELECT routable.attach('workspaces');
