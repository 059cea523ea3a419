-- Changes that are notified, and changes that are not: a refusal, another column, and rolled back changes.
UPDATE workspaces SET runtime = 'hermes' WHERE id = 1;
UPDATE workspaces SET runtime = 'hermes' WHERE id = 2;
UPDATE workspaces SET name = 'renamed' WHERE id = 1;
BEGIN;
UPDATE workspaces SET model = 'kimi-coding/kimi-k2' WHERE id = 1;
ROLLBACK;
-- Equal notifications of one transaction arrive once.
BEGIN;
UPDATE workspaces SET model = 'opus' WHERE id = 2;
UPDATE workspaces SET model = 'sonnet' WHERE id = 2;
UPDATE workspaces SET model = 'opus' WHERE id = 2;
UPDATE workspaces SET model = 'sonnet' WHERE id = 2;
COMMIT;
UPDATE workspaces SET runtime = 'elsewhere' WHERE id = 2;
