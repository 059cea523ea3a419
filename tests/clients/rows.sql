-- The rows before each client.
TRUNCATE workspaces;
INSERT INTO workspaces VALUES
    (1, 'support bot', 'claude-code', 'moonshot/kimi-k2.6'),
    (2, 'code review', 'claude-code', 'anthropic/claude-opus-4-7');
