-- What puts registries into the store (release_store.sql).

-- This also tells the library which table it is (crates/postgres/src/extension_table.rs).
SELECT pg_catalog.pg_extension_config_dump('routable.release_store', '');

CREATE FUNCTION routable.compile(
    source text, OUT sha256 text, OUT runtimes bigint, OUT providers bigint, OUT models bigint, OUT image bytea
) RETURNS SETOF record
    LANGUAGE c STABLE ROWS 1
    AS 'model_routable_reader', 'compile_wrapper';
COMMENT ON FUNCTION routable.compile(text) IS 'internal: what is stored beside the text of a release';

CREATE FUNCTION routable.tell_release() RETURNS void
    LANGUAGE c VOLATILE
    AS 'MODULE_PATHNAME', 'tell_release_wrapper';
COMMENT ON FUNCTION routable.tell_release() IS 'internal: tells every session that a release was stored';

-- Whoever writes to the table, a restore or replication included, stores what this server made of the text.
CREATE FUNCTION routable.check_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'releases are kept as they are'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'To put another registry in force: SELECT routable.release(...) or routable.revert(...);';
    END IF;
    SELECT compiled.sha256, compiled.runtimes, compiled.providers, compiled.models, compiled.image
        INTO NEW.sha256, NEW.runtimes, NEW.providers, NEW.models, NEW.image
        FROM routable.compile(NEW.source) AS compiled;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION routable.check_release() IS 'internal: compiles what is stored as a release, and refuses changes of it';

CREATE FUNCTION routable.announce_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM routable.tell_release();
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION routable.announce_release() IS 'internal: calls routable.tell_release()';

CREATE TRIGGER check_release BEFORE INSERT OR UPDATE OR DELETE ON routable.release_store
    FOR EACH ROW EXECUTE FUNCTION routable.check_release();
CREATE TRIGGER check_truncate BEFORE TRUNCATE ON routable.release_store
    FOR EACH STATEMENT EXECUTE FUNCTION routable.check_release();
-- For each row: replication fires no triggers of statements.
CREATE TRIGGER tell_release AFTER INSERT ON routable.release_store
    FOR EACH ROW EXECUTE FUNCTION routable.announce_release();
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_release;
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_truncate;
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER tell_release;

CREATE FUNCTION routable.last_release(OUT number integer, OUT source text) RETURNS SETOF record
    LANGUAGE c VOLATILE ROWS 1
    AS 'MODULE_PATHNAME', 'last_release_wrapper';
COMMENT ON FUNCTION routable.last_release() IS
    'internal: the last release as it is committed now, whatever the transaction''s snapshot';

-- NULL for 0, the built-in registry.
CREATE FUNCTION routable.release_source(release integer) RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_source text;
BEGIN
    IF release <> 0 THEN
        SELECT stored.source INTO found_source FROM routable.release_store AS stored WHERE stored.number = release;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'there is no release %', release
                USING ERRCODE = 'invalid_parameter_value',
                    HINT = 'To list them: SELECT * FROM routable.releases; 0 is the built-in registry.';
        END IF;
    END IF;
    RETURN found_source;
END
$$;
COMMENT ON FUNCTION routable.release_source(integer) IS 'internal: the text of a release';

CREATE FUNCTION routable.review(source text, former text) RETURNS void
    LANGUAGE c VOLATILE
    AS 'model_routable_reader', 'review_wrapper';
COMMENT ON FUNCTION routable.review(text, text) IS 'internal: says what a release changes';

CREATE FUNCTION routable.put_in_force(registry text, note text, wait_for_writers boolean) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    former record;
    released integer;
BEGIN
    -- Faults come before any lock.
    PERFORM routable.compile(registry);
    LOCK TABLE routable.release_store IN SHARE ROW EXCLUSIVE MODE;
    IF wait_for_writers THEN
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            RAISE EXCEPTION 'a release that waits for writers needs a READ COMMITTED transaction'
                USING ERRCODE = 'invalid_transaction_state',
                    DETAIL = 'In this one, routable.audit would not see the rows of the writers that it waited for.',
                    HINT = 'Begin a READ COMMITTED transaction, or call it with wait_for_writers => false.';
        END IF;
        PERFORM routable.lock_guarded();
    END IF;
    SELECT last.number, last.source INTO former FROM routable.last_release() AS last;
    released := coalesce(former.number, 0) + 1;
    PERFORM routable.review(registry, former.source);
    INSERT INTO routable.release_store (number, released_at, released_by, note, source)
        VALUES (
            released, now(), coalesce(nullif(current_setting('role'), 'none'), session_user), note, registry
        );
    RETURN released;
END
$$;
COMMENT ON FUNCTION routable.put_in_force(text, text, boolean) IS 'internal: stores a release';

CREATE FUNCTION routable.release(registry text, note text DEFAULT NULL, wait_for_writers boolean DEFAULT true) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF registry IS NULL OR wait_for_writers IS NULL THEN
        RAISE EXCEPTION 'the registry and wait_for_writers must not be null'
            USING ERRCODE = 'null_value_not_allowed',
                HINT = 'To put the built-in registry in force: SELECT routable.revert(0);';
    END IF;
    RETURN routable.put_in_force(registry, note, wait_for_writers);
END
$$;
COMMENT ON FUNCTION routable.release(text, text, boolean) IS
    'puts the registry of this text in force, for every session from this transaction''s commit on; returns the release''s number';

CREATE FUNCTION routable.revert(number integer DEFAULT NULL, note text DEFAULT NULL, wait_for_writers boolean DEFAULT true)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    last integer;
    wanted integer;
BEGIN
    IF wait_for_writers IS NULL THEN
        RAISE EXCEPTION 'wait_for_writers must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF number IS NULL THEN
        -- Which release is the last one has to stay so.
        LOCK TABLE routable.release_store IN SHARE ROW EXCLUSIVE MODE;
    END IF;
    SELECT release.number INTO last FROM routable.last_release() AS release;
    IF number IS NULL AND last IS NULL THEN
        RAISE EXCEPTION 'there is no release to revert from'
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'The built-in registry is in force.';
    END IF;
    wanted := coalesce(number, last - 1);
    RETURN routable.put_in_force(
        routable.release_source(wanted),
        coalesce(note, CASE WHEN wanted = 0 THEN 'the built-in registry' ELSE format('as release %s', wanted) END),
        wait_for_writers
    );
END
$$;
COMMENT ON FUNCTION routable.revert(integer, text, boolean) IS
    'puts an earlier release in force again, as a new one: that before the last, or the one with this number; 0 is the built-in one';

CREATE FUNCTION routable.check_registry(
    registry text, OUT severity text, OUT line integer, OUT place text, OUT message text, OUT hint text
) RETURNS SETOF record
    LANGUAGE c STABLE STRICT ROWS 10
    AS 'model_routable_reader', 'check_wrapper';
COMMENT ON FUNCTION routable.check_registry(text) IS 'internal: the rows of routable.check()';

CREATE FUNCTION routable.check(registry text)
    RETURNS TABLE (severity text, line integer, place text, message text, hint text)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT * FROM routable.check_registry(registry)
$$;
COMMENT ON FUNCTION routable.check(text) IS
    'what is wrong with the text of a registry file, and what is probably not meant; no row if there is nothing to say';

CREATE FUNCTION routable.compare(
    former text, source text, OUT runtime text, OUT what text, OUT example text, OUT was text, OUT will_be text
) RETURNS SETOF record
    LANGUAGE c STABLE ROWS 20
    AS 'model_routable_reader', 'compare_wrapper';
COMMENT ON FUNCTION routable.compare(text, text) IS 'internal: the rows of routable.diff()';

CREATE FUNCTION routable.diff(registry text, against integer DEFAULT NULL)
    RETURNS TABLE (runtime text, what text, example text, was text, will_be text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    former text;
BEGIN
    IF diff.registry IS NULL THEN
        RAISE EXCEPTION 'the registry must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF diff.against IS NULL THEN
        SELECT last.source INTO former FROM routable.last_release() AS last;
    ELSE
        former := routable.release_source(diff.against);
    END IF;
    RETURN QUERY
        SELECT change.runtime, change.what, change.example, change.was, change.will_be
        FROM routable.compare(former, diff.registry) AS change;
END
$$;
COMMENT ON FUNCTION routable.diff(text, integer) IS
    'what becomes of pairs if the registry of this text is released: against the one in force, or a release; 0 is the built-in one';
