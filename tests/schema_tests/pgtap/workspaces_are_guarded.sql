\set QUIET on
\pset format unaligned
\pset tuples_only on
BEGIN;
SELECT plan(6);

SELECT ok(routable.is_guarded('workspaces'), 'workspaces are guarded');
SELECT is_empty($$SELECT * FROM routable.guards WHERE state <> 'enforcing' OR issues <> '{}'$$,
    'every guard enforces, and nothing could let a bad pair in');
SELECT is_empty($$SELECT * FROM routable.audit('workspaces')$$, 'no stored pair would be refused');
SELECT lives_ok($$INSERT INTO workspaces DEFAULT VALUES$$, 'the defaults are routable');
SELECT throws_ok($$UPDATE workspaces SET runtime = 'hermes'$$, '23514', NULL, 'a runtime that cannot route the model is refused');
SELECT results_eq($$SELECT runtime, model FROM workspaces$$, $$VALUES ('claude-code', 'sonnet')$$, 'and the row is as it was');

SELECT * FROM finish();
ROLLBACK;
