-- A legitimate switch: hermes takes moonshot/kimi-k2.6, so workspace 1 may move there from claude-code.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;

-- The incident: hermes has no arm that routes an Anthropic model. The agent would not find one when it boots.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;

-- The row is as it was.
SELECT * FROM workspaces WHERE id = 2;

-- A new row is judged like a changed one, here with a model id that is mistyped.
INSERT INTO workspaces VALUES (4, 'typo', 'claude-code', 'sonet');

-- A migration over the whole table is refused as a whole: one bad pair, and no row moves.
UPDATE workspaces SET runtime = 'hermes';
SELECT * FROM workspaces ORDER BY id;
