-- What puts registries into the store (release_store.sql) and in force.

-- The triggers have the names of the extension's, which replace them when a database moves to it.
CREATE FUNCTION routable.check_release() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'releases are kept as they are'
        USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'To put another registry in force, run the script that model-routable sql --registry-only prints.';
END
$$;
COMMENT ON FUNCTION routable.check_release() IS 'internal: refuses changes of what is stored as a release';

DROP TRIGGER IF EXISTS check_release ON routable.release_store;
CREATE TRIGGER check_release BEFORE UPDATE OR DELETE ON routable.release_store
    FOR EACH ROW EXECUTE FUNCTION routable.check_release();
DROP TRIGGER IF EXISTS check_truncate ON routable.release_store;
CREATE TRIGGER check_truncate BEFORE TRUNCATE ON routable.release_store
    FOR EACH STATEMENT EXECUTE FUNCTION routable.check_release();
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_release;
ALTER TABLE routable.release_store ENABLE ALWAYS TRIGGER check_truncate;

-- The two halves of the lock are the schema's, so that nobody needs a privilege on the store.
CREATE FUNCTION routable.hold_releases() RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT pg_advisory_xact_lock_shared('pg_namespace'::regclass::oid::integer, 'routable'::regnamespace::oid::integer)
$$;
COMMENT ON FUNCTION routable.hold_releases() IS
    'internal: has a release wait until the transaction ends, whose guards it could not know';

-- The pairs of ids that two registries do not list alike, in runtimes that both judge.
CREATE FUNCTION routable.pairs_listed_otherwise(former jsonb, document jsonb) RETURNS TABLE (runtime text, id text)
    LANGUAGE sql IMMUTABLE ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH names (former, new) AS MATERIALIZED (
        SELECT (SELECT jsonb_object_agg(runtime ->> 'name', 1) FROM jsonb_array_elements(former -> 'runtimes') AS runtime),
            (SELECT jsonb_object_agg(runtime ->> 'name', 1) FROM jsonb_array_elements(document -> 'runtimes') AS runtime)
    ), listing AS (
        SELECT registry.number, ids.runtime, ids.id, list.name, ids.provider,
            row_number() OVER (PARTITION BY registry.number, ids.runtime, ids.id ORDER BY ids.arm_position) AS position
        FROM (VALUES (1, former), (2, document)) AS registry (number, document),
            unnest(ARRAY['models', 'withdrawn']) AS list (name),
            routable.ids_of(registry.document, list.name) AS ids
    )
    SELECT DISTINCT changed.runtime, changed.id
    FROM (SELECT runtime, id FROM listing GROUP BY runtime, id, name, provider, position HAVING count(*) = 1) AS changed,
        names
    WHERE jsonb_exists(names.former, changed.runtime) AND jsonb_exists(names.new, changed.runtime)
$$;
COMMENT ON FUNCTION routable.pairs_listed_otherwise(jsonb, jsonb) IS 'internal: the pairs whose listing a release changes';

-- What a release changes of the runtimes themselves and of their patterns, which are not compared by what they match.
CREATE FUNCTION routable.review_runtimes(former jsonb, document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH standing AS (
        SELECT registry.number, runtime.value ->> 'name' AS name, 'judged' AS standing, (
                SELECT jsonb_agg(jsonb_build_array(arm.value -> 'provider', arm.value -> 'regex') ORDER BY arm.position)
                FROM jsonb_array_elements(runtime.value -> 'arms') WITH ORDINALITY AS arm (value, position)
                WHERE arm.value ->> 'regex' IS NOT NULL) AS patterns
        FROM (VALUES (1, former), (2, document)) AS registry (number, document),
            jsonb_array_elements(registry.document -> 'runtimes') AS runtime (value)
        UNION ALL
        SELECT registry.number, name, 'external', NULL
        FROM (VALUES (1, former), (2, document)) AS registry (number, document),
            jsonb_array_elements_text(registry.document -> 'external_runtimes') AS name
    ), change AS (
        SELECT coalesce(old.standing, 'unknown') AS was, coalesce(new.standing, 'unknown') AS will_be,
            old.patterns IS DISTINCT FROM new.patterns AS has_other_patterns
        FROM (SELECT * FROM standing WHERE number = 1) AS old
            FULL JOIN (SELECT * FROM standing WHERE number = 2) AS new ON new.name = old.name
    ), counted (position, what, number) AS (
        SELECT 1, 'runtimes judged from now on', count(*) FROM change WHERE will_be = 'judged' AND was <> 'judged'
        UNION ALL SELECT 2, 'runtimes no longer judged', count(*) FROM change WHERE was = 'judged' AND will_be <> 'judged'
        UNION ALL SELECT 3, 'unknown runtimes that become external', count(*) FROM change WHERE (was, will_be) = ('unknown', 'external')
        UNION ALL SELECT 4, 'external runtimes that become unknown', count(*) FROM change WHERE (was, will_be) = ('external', 'unknown')
        UNION ALL SELECT 5, 'runtimes with other patterns, which are not compared', count(*) FROM change
            WHERE (was, will_be) = ('judged', 'judged') AND has_other_patterns
    )
    SELECT coalesce(string_agg(format('; %s: %s', what, number), '' ORDER BY position), '') FROM counted WHERE number > 0
$$;
COMMENT ON FUNCTION routable.review_runtimes(jsonb, jsonb) IS 'internal: says what a release changes beside ids';

-- Stores a release and puts it in force. The script of a registry ends in a call of it.
CREATE FUNCTION routable.put_in_force(source text, document jsonb, note text, wait_for_writers boolean) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    former jsonb;
    number integer;
    stored record;
    changed_runtimes text[];
    changed_ids text[];
    were_routable boolean[];
    had_providers text[];
    review text;
BEGIN
    IF document ->> 'format' IS DISTINCT FROM '1' THEN
        RAISE EXCEPTION 'the registry was compiled for another version of the SQL edition'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Run the whole script that model-routable sql prints, and not the registry alone.';
    ELSIF document ->> 'sha256' IS DISTINCT FROM encode(sha256(convert_to(source, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the registry is not compiled from the text beside it'
            USING ERRCODE = 'data_corrupted', HINT = 'Edit the registry file, and have model-routable sql print the script anew.';
    END IF;
    PERFORM pg_advisory_xact_lock('pg_namespace'::regclass::oid::integer, 'routable'::regnamespace::oid::integer);
    LOCK TABLE routable.release_store IN SHARE ROW EXCLUSIVE MODE;
    IF wait_for_writers THEN
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            RAISE EXCEPTION 'a release that waits for writers needs a READ COMMITTED transaction'
                USING ERRCODE = 'invalid_transaction_state',
                    DETAIL = 'In this one, routable.audit would not see the rows of the writers that it waited for.',
                    HINT = 'Begin a READ COMMITTED transaction, or call it with wait_for_writers => false.';
        END IF;
        BEGIN
            PERFORM routable.lock_guarded();
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE EXCEPTION '%', SQLERRM USING ERRCODE = 'insufficient_privilege',
                DETAIL = 'A release locks each guarded table, to wait for its writers.',
                HINT = 'Grant the role that owns schema "routable" UPDATE on the table; or call it with wait_for_writers => false.';
        END;
    END IF;
    -- Not of the table, of which an older snapshot does not show the last row.
    former := routable.document();
    -- A database that had the extension has releases, and no catalogue yet.
    number := coalesce((routable.catalogue() #>> '{release,number}')::integer,
        (SELECT max(store.number) FROM routable.release_store AS store), 0);
    IF former ->> 'sha256' = document ->> 'sha256' THEN
        -- What a later version compiles of the same text can be another form of it.
        PERFORM routable.use_registry(document, routable.catalogue() -> 'release');
        RAISE NOTICE 'the registry is in force already, as release %', number;
        RETURN number;
    END IF;
    number := number + 1;
    SELECT array_agg(pair.runtime), array_agg(pair.id), array_agg(routable.model_routable(pair.runtime, pair.id)),
            array_agg(routable.derive_provider(pair.runtime, pair.id))
        INTO changed_runtimes, changed_ids, were_routable, had_providers
        FROM routable.pairs_listed_otherwise(former, document) AS pair;
    INSERT INTO routable.release_store (number, released_at, released_by, note, source, sha256, runtimes, providers, models, image)
        SELECT number, now(), coalesce(nullif(current_setting('role'), 'none'), session_user), note, source, document ->> 'sha256',
            jsonb_array_length(document -> 'runtimes'), jsonb_array_length(document -> 'providers'),
            (SELECT count(*) FROM routable.ids_of(document, 'models')), convert_to(document::text, 'UTF8')
        RETURNING release_store.* INTO stored;
    PERFORM routable.use_registry(document, jsonb_build_object(
        'number', number, 'released_at', stored.released_at, 'released_by', stored.released_by, 'note', note));
    IF number = 1 THEN
        RETURN number;
    END IF;
    SELECT format('ids: %s no longer routable, %s newly routable, %s with another provider',
            count(*) FILTER (WHERE was AND NOT routes), count(*) FILTER (WHERE routes AND NOT was),
            count(*) FILTER (WHERE was AND routes AND provider IS DISTINCT FROM had))
        INTO review
        FROM unnest(changed_runtimes, changed_ids, were_routable, had_providers) AS pair (runtime, id, was, had),
            LATERAL (SELECT routable.model_routable(pair.runtime, pair.id), routable.derive_provider(pair.runtime, pair.id))
                AS judged (routes, provider);
    RAISE NOTICE '%', review || routable.review_runtimes(former, document)
        USING HINT = 'To find stored pairs that it refuses: SELECT * FROM routable.audit(table);';
    RETURN number;
END
$$;
COMMENT ON FUNCTION routable.put_in_force(text, jsonb, text, boolean) IS 'internal: stores a release, and has every session judge by it';

CREATE FUNCTION routable.revert(number integer DEFAULT NULL, note text DEFAULT NULL, wait_for_writers boolean DEFAULT true)
    RETURNS integer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    wanted integer;
    stored record;
BEGIN
    IF wait_for_writers IS NULL THEN
        RAISE EXCEPTION 'wait_for_writers must not be null' USING ERRCODE = 'null_value_not_allowed';
    ELSIF number IS NULL THEN
        -- Which release is the last one has to stay so. Before the table, as put_in_force locks.
        PERFORM pg_advisory_xact_lock('pg_namespace'::regclass::oid::integer, 'routable'::regnamespace::oid::integer);
    END IF;
    wanted := coalesce(number, (routable.catalogue() #>> '{release,number}')::integer - 1);
    SELECT release.source, release.image INTO stored FROM routable.release_store AS release WHERE release.number = wanted;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no release %', wanted
            USING ERRCODE = 'invalid_parameter_value', HINT = 'To list them: SELECT * FROM routable.releases;';
    ELSIF stored.source IS NULL OR get_byte(stored.image, 0) <> ascii('{') THEN
        RAISE EXCEPTION 'release % was made by the extension', wanted
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Release its text, which routable.releases has: model-routable sql --registry-only FILE';
    END IF;
    RETURN routable.put_in_force(stored.source, convert_from(stored.image, 'UTF8')::jsonb,
        coalesce(note, format('as release %s', wanted)), wait_for_writers);
END
$$;
COMMENT ON FUNCTION routable.revert(integer, text, boolean) IS
    'puts an earlier release in force again, as a new one: that before the last, or the one with this number';

-- What reads registry files is not in the database.
CREATE FUNCTION routable.release(registry text, note text DEFAULT NULL, wait_for_writers boolean DEFAULT true) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the SQL edition cannot read a registry file'
        USING ERRCODE = 'feature_not_supported', HINT = 'Run the script that this prints: model-routable sql --registry-only FILE';
END
$$;
COMMENT ON FUNCTION routable.release(text, text, boolean) IS
    'an error that names the command which writes a release: this edition cannot read a registry file';

CREATE FUNCTION routable.check(registry text)
    RETURNS TABLE (severity text, line integer, place text, message text, hint text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the SQL edition cannot read a registry file'
        USING ERRCODE = 'feature_not_supported', HINT = 'To check one: model-routable check FILE';
END
$$;
COMMENT ON FUNCTION routable.check(text) IS
    'an error that names the command which checks a registry file: this edition cannot read one';

CREATE FUNCTION routable.diff(registry text, against integer DEFAULT NULL)
    RETURNS TABLE (runtime text, what text, example text, was text, will_be text)
    LANGUAGE plpgsql STABLE ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the SQL edition cannot read a registry file'
        USING ERRCODE = 'feature_not_supported', HINT = 'To compare two: model-routable diff OLD NEW';
END
$$;
COMMENT ON FUNCTION routable.diff(text, integer) IS
    'an error that names the command which compares registry files: this edition cannot read one';
