-- ALTER COLUMN … TYPE … USING
-- PostgreSQL refuses to change the type of a column that a trigger's WHEN names. Detach, alter and attach in one
-- transaction. If a CHECK is NOT VALID, PostgreSQL rewrites the rows without evaluating it.
-- errors: 0A000
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

ALTER TABLE workspaces ALTER COLUMN runtime TYPE varchar(40) USING 'hermes';
ALTER TABLE workspaces ALTER COLUMN model TYPE varchar(40);

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    (SELECT count(*) FROM pg_attribute WHERE attrelid = 'workspaces'::regclass AND attname = 'model' AND atttypid = 'text'::regtype)
        AS false_refusals FROM workspaces;
