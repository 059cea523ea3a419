-- The trigger AFTER UPDATE is left out of a statement if the guard's trigger BEFORE UPDATE sees each row as it is stored. Here the
-- condition of the AFTER trigger tells when it is asked. A backend's first statement always asks it.
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE FUNCTION regress_is_refused(runtime text, model text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'asked about %', model;
    RETURN NOT model_routable(runtime, model);
END
$$;
CREATE TABLE pairs (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO pairs VALUES (1, 'claude-code', 'sonnet');
CREATE TRIGGER guard BEFORE UPDATE ON pairs FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
CREATE TRIGGER guard_final AFTER INSERT OR UPDATE ON pairs FOR EACH ROW WHEN (regress_is_refused(NEW.runtime, NEW.model))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
UPDATE pairs SET model = 'opus' WHERE id = 1;
UPDATE pairs SET model = 'haiku' WHERE id = 1;
UPDATE pairs SET model = 'gpt-4o' WHERE id = 1;
UPDATE pairs SET note = 'unchanged' WHERE id = 1;
-- An INSERT has no trigger before it. An upsert is both.
INSERT INTO pairs VALUES (2, 'claude-code', 'sonnet');
INSERT INTO pairs VALUES (3, 'claude-code', 'gpt-4o') ON CONFLICT (id) DO UPDATE SET model = EXCLUDED.model;
INSERT INTO pairs VALUES (2, 'claude-code', 'opus') ON CONFLICT (id) DO UPDATE SET model = EXCLUDED.model;
INSERT INTO pairs VALUES (2, 'claude-code', 'gpt-4o') ON CONFLICT (id) DO UPDATE SET model = EXCLUDED.model;

-- Another trigger AFTER UPDATE fires as before.
CREATE FUNCTION regress_tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'told of %', NEW.model; RETURN NULL; END $$;
CREATE TRIGGER told AFTER UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION regress_tell();
UPDATE pairs SET model = 'sonnet' WHERE id = 1;
UPDATE pairs SET model = 'opus' WHERE id = 1;
DROP TRIGGER told ON pairs;

-- A trigger that fires before the guard changes what the guard judges. One that fires after it changes what is stored.
CREATE FUNCTION regress_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.model := NEW.note; RETURN NEW; END $$;
CREATE TRIGGER aaa BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION regress_change();
UPDATE pairs SET note = 'sonnet' WHERE id = 1;
UPDATE pairs SET note = 'opus' WHERE id = 1;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
DROP TRIGGER aaa ON pairs;
UPDATE pairs SET note = 'sonnet' WHERE id = 1;
CREATE TRIGGER zzz BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION regress_change();
UPDATE pairs SET note = 'sonnet' WHERE id = 1;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
ALTER TABLE pairs DISABLE TRIGGER zzz;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
ALTER TABLE pairs ENABLE TRIGGER zzz;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
DROP TRIGGER zzz ON pairs;

-- A trigger before the guard creates one after it. The next statement has it.
CREATE FUNCTION regress_call() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE TG_ARGV[0]; RETURN NEW; END $$;
UPDATE pairs SET note = 'sonnet' WHERE id = 1;
CREATE TRIGGER aaa BEFORE UPDATE ON pairs FOR EACH ROW WHEN (NEW.id = 1) EXECUTE FUNCTION
    regress_call('CREATE TRIGGER zzz BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION regress_change()');
UPDATE pairs SET note = 'gpt-4o' WHERE id = 2;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 1;
UPDATE pairs SET note = 'gpt-4o' WHERE id = 2;
DROP TRIGGER zzz ON pairs;
DROP TRIGGER aaa ON pairs;

-- What makes the next statement ask again, and what does not. Each is tried with a pair that stays, a good one and a bad one, and
-- rolled back.
DELETE FROM pairs WHERE id = 2;
CREATE PROCEDURE regress_try(statement text) LANGUAGE plpgsql AS $$
DECLARE
    wanted text;
BEGIN
    RAISE NOTICE '-- %', statement;
    EXECUTE statement;
    UPDATE pairs SET note = note;
    FOREACH wanted IN ARRAY '{opus,gpt-4o}'::text[] LOOP
        BEGIN
            UPDATE pairs SET model = wanted;
        EXCEPTION WHEN check_violation THEN
            RAISE NOTICE 'refused';
        END;
    END LOOP;
    ROLLBACK;
END
$$;
CALL regress_try('SELECT');
-- The two triggers do not fire in the same sessions.
CALL regress_try('ALTER TABLE pairs DISABLE TRIGGER guard');
CALL regress_try('ALTER TABLE pairs ENABLE REPLICA TRIGGER guard');
CALL regress_try('ALTER TABLE pairs ENABLE ALWAYS TRIGGER guard_final');
CALL regress_try('ALTER TABLE pairs ENABLE ALWAYS TRIGGER guard_final; SET LOCAL session_replication_role = replica');
CALL regress_try('ALTER TABLE pairs ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER guard_final');
-- The BEFORE trigger does not judge each row, or judges another pair, or only warns.
CREATE PROCEDURE regress_try_guard(trigger_of text, arguments text) LANGUAGE plpgsql AS $$
BEGIN
    CALL regress_try(format('DROP TRIGGER guard ON pairs; CREATE TRIGGER guard %s EXECUTE FUNCTION routable.guard(''runtime=runtime'', %s)',
        trigger_of, arguments));
END
$$;
CALL regress_try_guard('BEFORE UPDATE ON pairs FOR EACH ROW', $$'model=model', 'constraint=c'$$);
CALL regress_try_guard('BEFORE UPDATE ON pairs FOR EACH ROW WHEN (NEW.model <> ''gpt-4o'')', $$'model=model', 'constraint=c'$$);
CALL regress_try_guard('BEFORE UPDATE OF note ON pairs FOR EACH ROW', $$'model=model', 'constraint=c'$$);
CALL regress_try_guard('BEFORE UPDATE ON pairs FOR EACH ROW', $$'model=note', 'constraint=c'$$);
CALL regress_try_guard('BEFORE UPDATE ON pairs FOR EACH ROW', $$'model=model', 'constraint=c', 'on_mismatch=warn'$$);
CREATE PROCEDURE regress_try_guards(arguments text, further text) LANGUAGE plpgsql AS $$
BEGIN
    CALL regress_try(format('DROP TRIGGER guard ON pairs; DROP TRIGGER guard_final ON pairs;
        CREATE TRIGGER guard BEFORE UPDATE ON pairs FOR EACH ROW EXECUTE FUNCTION routable.guard(''runtime=runtime'', %1$s);
        CREATE CONSTRAINT TRIGGER guard_final AFTER UPDATE ON pairs %2$s FOR EACH ROW WHEN (regress_is_refused(NEW.runtime, NEW.model))
            EXECUTE FUNCTION routable.guard(''runtime=runtime'', %1$s)', arguments, further));
END
$$;
CALL regress_try_guards($$'model=model', 'constraint=c'$$, 'NOT DEFERRABLE');
CALL regress_try_guards($$'model=model', 'constraint=c'$$, 'DEFERRABLE');
CALL regress_try_guards($$'model=model', 'constraint=c', 'on_mismatch=reset'$$, '');
CALL regress_try_guards($$'model=model', 'constraint=c', 'on_mismatch=warn'$$, '');
CALL regress_try('SET LOCAL model_routable.enforcement = warn');
CALL regress_try_guards($$'model=model', 'constraint=c', 'near_miss=warn'$$, '');
-- Rows are let through from the middle of a statement on.
CALL regress_try($$DROP TRIGGER guard ON pairs; DROP TRIGGER guard_final ON pairs; SELECT routable.attach('pairs');
    CREATE TRIGGER aaa BEFORE UPDATE ON pairs FOR EACH ROW WHEN (NEW.model = 'gpt-4o')
        EXECUTE FUNCTION regress_call('SET LOCAL model_routable.enforcement = warn')$$);
-- Another guard, whose BEFORE trigger fires later, and which can only refuse, or can do more.
CALL regress_try($$CREATE TRIGGER other BEFORE UPDATE ON pairs FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=note', 'constraint=d')$$);
CALL regress_try($$CREATE TRIGGER other BEFORE UPDATE ON pairs FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=d', 'on_mismatch=reset')$$);
DROP TABLE pairs;
DROP PROCEDURE regress_try_guards;
DROP PROCEDURE regress_try_guard;

-- Each partition by its own triggers. A row that moves is inserted.
CREATE TABLE pairs (id int, runtime text, model text, note text) PARTITION BY LIST (id);
CREATE TABLE pairs_1 PARTITION OF pairs FOR VALUES IN (1);
CREATE TABLE pairs_2 PARTITION OF pairs FOR VALUES IN (2);
CREATE TRIGGER guard BEFORE UPDATE ON pairs FOR EACH ROW
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
CREATE TRIGGER guard_final AFTER INSERT OR UPDATE ON pairs FOR EACH ROW WHEN (regress_is_refused(NEW.runtime, NEW.model))
    EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c');
CREATE TRIGGER zzz BEFORE UPDATE ON pairs_2 FOR EACH ROW EXECUTE FUNCTION regress_change();
INSERT INTO pairs VALUES (1, 'claude-code', 'sonnet', 'opus'), (2, 'claude-code', 'sonnet', 'opus');
CALL regress_try('SELECT');
UPDATE pairs SET runtime = 'claude-code';
UPDATE pairs SET note = 'gpt-4o' WHERE id = 2;
UPDATE pairs SET id = 2, model = 'gpt-4o' WHERE id = 1;
UPDATE pairs SET id = 2, model = 'sonnet' WHERE id = 1;
DROP TABLE pairs;
DROP PROCEDURE regress_try;
DROP FUNCTION regress_is_refused, regress_tell, regress_change, regress_call;
