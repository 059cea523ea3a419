-- Code of a statement replaces triggers that the statement still has. From PostgreSQL 14 on, the TRIGGER privilege is enough for
-- that. Each trigger judges by its own settings, and the last word is left out only if these let no other change through.
SELECT current_setting('server_version_num')::integer < 140000 AS cannot_replace \gset
\if :cannot_replace
    \quit
\endif
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE TABLE pairs (id int PRIMARY KEY, runtime text, model text, note text, other text);
INSERT INTO pairs SELECT id, 'claude-code', 'sonnet' FROM generate_series(1, 3) id;
SELECT routable.attach('pairs');
CREATE FUNCTION regress_call() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE TG_ARGV[0]; RETURN NEW; END $$;
CREATE FUNCTION regress_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.model := 'gpt-4o'; RETURN NEW; END $$;
-- Makes a trigger a guard with these settings, and writes a row.
CREATE FUNCTION regress_replace(name text, VARIADIC settings text[]) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION routable.guard(%s)', name,
        (SELECT string_agg(quote_literal(setting), ', ' ORDER BY number) FROM unnest(settings) WITH ORDINALITY AS s (setting, number)));
    UPDATE pairs SET id = id WHERE id = 2;
    RETURN 1;
END
$$;
-- Once the backend has used the guard. What the statement does is undone.
CREATE PROCEDURE regress_try(statement text) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pairs SET id = id;
    UPDATE pairs SET id = id;
    EXECUTE statement;
    RAISE EXCEPTION USING ERRCODE = 'UNDON', MESSAGE = (SELECT string_agg(DISTINCT concat_ws(' ', runtime, model), ', ') FROM pairs);
EXCEPTION
    WHEN check_violation THEN RAISE NOTICE 'refused';
    WHEN SQLSTATE 'UNDON' THEN RAISE NOTICE 'stored: %', SQLERRM;
END
$$;

-- The guard's trigger, before its first row, by the statement itself and by other triggers.
CALL regress_try($$UPDATE pairs SET model = 'gpt-4o'
    WHERE id = (SELECT regress_replace('model_routable', 'runtime=note', 'model=other', 'constraint=c'))$$);
CALL regress_try($$UPDATE pairs SET model = 'gpt-4o'
    WHERE id = (SELECT regress_replace('model_routable', 'runtime=runtime', 'model=model', 'constraint=c', 'on_mismatch=warn'))$$);
CALL regress_try($$CREATE TRIGGER aaa BEFORE UPDATE OF note ON pairs FOR EACH STATEMENT EXECUTE FUNCTION
        regress_call('SELECT regress_replace(''model_routable'', ''runtime=note'', ''model=other'', ''constraint=c'')');
    UPDATE pairs SET id = id;
    UPDATE pairs SET model = 'gpt-4o', note = note WHERE id = 1$$);
CALL regress_try($$CREATE TRIGGER aaa BEFORE UPDATE OF note ON pairs FOR EACH ROW EXECUTE FUNCTION
        regress_call('SELECT regress_replace(''model_routable'', ''runtime=note'', ''model=other'', ''constraint=c'')');
    UPDATE pairs SET id = id;
    UPDATE pairs SET model = 'gpt-4o', note = note WHERE id = 1$$);
-- The statement after it.
CALL regress_try($$SELECT regress_replace('model_routable', 'runtime=note', 'model=other', 'constraint=c');
    CREATE TRIGGER aaa BEFORE UPDATE OF note ON pairs FOR EACH ROW EXECUTE FUNCTION regress_call(
        'SELECT regress_replace(''model_routable'', ''runtime=runtime'', ''model=model'', ''constraint=pairs_model_routable'')');
    UPDATE pairs SET note = note WHERE id = 1;
    UPDATE pairs SET model = 'gpt-4o' WHERE id = 3$$);

-- A guard that fires later, and becomes one that changes the row. The default model of codex is not for claude-code.
CREATE TRIGGER zzz BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION routable.guard('runtime=note', 'model=other', 'constraint=c');
CALL regress_try($$UPDATE pairs SET note = 'codex'
    WHERE id = (SELECT regress_replace('zzz', 'runtime=note', 'model=model', 'constraint=c', 'on_mismatch=reset'))$$);
DROP TRIGGER zzz ON pairs;

-- A trigger that changes the row becomes a guard while the statement starts, because the domain is checked then. How often it was
-- checked before depends on PostgreSQL, so each time is tried.
CREATE SEQUENCE regress_checks;
CREATE SEQUENCE regress_replacements;
CREATE FUNCTION regress_check(text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('regress_checks') = current_setting('regress.number')::integer THEN
        PERFORM nextval('regress_replacements'), regress_replace('zzz', 'runtime=note', 'model=other', 'constraint=c');
    END IF;
    RETURN true;
END
$$;
SET regress.number = 0;
CREATE DOMAIN regress_domain AS text CHECK (regress_check(VALUE));
CREATE FUNCTION regress_state(regress_domain, integer) RETURNS regress_domain LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE regress_aggregate(integer) (SFUNC = regress_state, STYPE = regress_domain, INITCOND = 'x');
CREATE PROCEDURE regress_try_check(number integer) LANGUAGE plpgsql AS $$
BEGIN
    CREATE TRIGGER zzz BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION regress_change('runtime=note', 'model=other', 'constraint=c');
    PERFORM setval('regress_checks', 1, false), set_config('regress.number', number::text, true);
    EXECUTE 'UPDATE pairs SET note = note FROM (SELECT regress_aggregate(1) AS state) AS states WHERE id = 1 AND state IS NOT NULL';
    RAISE EXCEPTION USING ERRCODE = 'UNDON', MESSAGE = (SELECT model FROM pairs WHERE id = 1);
EXCEPTION
    WHEN check_violation THEN NULL;
    WHEN SQLSTATE 'UNDON' THEN
        IF SQLERRM <> 'sonnet' THEN
            RAISE NOTICE 'stored: %', SQLERRM;
        END IF;
END
$$;
DO $$
BEGIN
    UPDATE pairs SET id = id;
    UPDATE pairs SET id = id;
    FOR number IN 1 .. 9 LOOP
        CALL regress_try_check(number);
    END LOOP;
END
$$;
SELECT last_value >= 2 AS was_replaced FROM regress_replacements;
DROP TABLE pairs;
DROP PROCEDURE regress_try_check, regress_try;
DROP DOMAIN regress_domain CASCADE;
DROP SEQUENCE regress_checks, regress_replacements;

-- A trigger that judges a generated column becomes one that fires before the column is computed.
CREATE TABLE computed (id int, runtime text, base text, model text GENERATED ALWAYS AS (base) STORED);
INSERT INTO computed VALUES (1, 'claude-code', 'sonnet');
CREATE TRIGGER guard_final AFTER UPDATE ON computed FOR EACH ROW WHEN (NOT model_routable(NEW.runtime, NEW.model))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
CREATE TRIGGER mine AFTER UPDATE ON computed FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
BEGIN;
CREATE TRIGGER aaa AFTER UPDATE ON computed FOR EACH ROW WHEN (NEW.id = 1) EXECUTE FUNCTION regress_call(
    $$CREATE OR REPLACE TRIGGER mine BEFORE UPDATE ON computed FOR EACH ROW
        EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c')$$);
UPDATE computed SET base = 'opus';
UPDATE computed SET id = 2, base = 'gpt-4o';
ROLLBACK;
DROP TABLE computed;
DROP FUNCTION regress_call, regress_change, regress_replace, regress_check;
