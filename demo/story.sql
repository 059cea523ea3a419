-- A legitimate switch: hermes takes moonshot/kimi-k2.6, so workspace 1 may move there from claude-code.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;

-- The incident: hermes has no arm that routes an Anthropic model, so the agent would not start.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;

-- The row is unchanged.
SELECT * FROM workspaces WHERE id = 2;

-- A new row is judged like a changed row. This model id is mistyped.
INSERT INTO workspaces VALUES (4, 'typo', 'claude-code', 'sonet');

-- If one row of a migration would have a bad pair, the whole statement is refused, and no row changes.
UPDATE workspaces SET runtime = 'hermes';
SELECT * FROM workspaces ORDER BY id;
