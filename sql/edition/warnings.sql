-- What a statement is warned of, where a guard lets a row through.

-- Whether a trigger AFTER the write judges the same row again, so that the one BEFORE it need not speak: a warning before the last word
-- could be of a row that is not stored.
CREATE FUNCTION routable.has_last_word(relation oid, trigger text, operation text) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM pg_trigger AS own JOIN pg_trigger AS sibling ON (sibling.tgrelid, sibling.tgfoid, sibling.tgargs)
                = (own.tgrelid, own.tgfoid, own.tgargs)
            JOIN routable.guard_triggers(relation::regclass) AS last ON last.trigger = sibling.oid
        WHERE own.tgrelid = relation AND own.tgname = has_last_word.trigger::name
            -- tgtype: for each row (1), BEFORE (2), INSERT (4), UPDATE (16), INSTEAD OF (64).
            AND sibling.tgtype & 67 = 1 AND sibling.tgtype & CASE operation WHEN 'INSERT' THEN 4 ELSE 16 END <> 0
            AND sibling.tgenabled <> 'D'
            AND sibling.tgenabled <> CASE WHEN current_setting('session_replication_role') = 'replica' THEN 'O' ELSE 'R' END::"char"
            AND last.error IS NULL AND last.gap IS NULL)
$$;
COMMENT ON FUNCTION routable.has_last_word(oid, text, text) IS
    'internal: whether a trigger AFTER the write judges the same row again';

-- Takes note of a row, and tells what to say of it: 0 is the row itself, NULL nothing. After a hundred distinct pairs it is the number of
-- rows, whenever that is a power of ten: neither the client's memory nor the server's log should grow with the rows. It is noted in a
-- parameter of the session, which its owner can set: then the session spares itself warnings of what it stores.
CREATE FUNCTION routable.note_warned(relation oid, trigger text, runtime text, model text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    statement CONSTANT text := format('%s of %s', statement_timestamp(), pg_backend_pid());
    guard CONSTANT text := format('%s %s', relation, trigger);
    pair CONSTANT text := md5(format('%L %L', runtime, model));
    noted jsonb;
    pairs jsonb;
    rows bigint;
    said bigint;
BEGIN
    BEGIN
        noted := nullif(current_setting('routable.warned', true), '')::jsonb;
    EXCEPTION WHEN invalid_text_representation THEN
        noted := NULL;
    END;
    IF noted ->> 'statement' IS DISTINCT FROM statement THEN
        noted := jsonb_build_object('statement', statement);
    END IF;
    pairs := coalesce(noted -> guard -> 'pairs', '[]');
    rows := coalesce((noted -> guard ->> 'rows')::bigint, 0) + 1;
    said := CASE
        WHEN jsonb_exists(pairs, pair) THEN NULL
        WHEN jsonb_array_length(pairs) < 100 THEN 0
        WHEN noted -> guard ->> 'counts' IS NULL OR rows::text ~ '^10*$' THEN rows END;
    noted := jsonb_set(noted, ARRAY[guard], jsonb_build_object(
        'pairs', CASE WHEN said = 0 THEN pairs || to_jsonb(pair) ELSE pairs END, 'rows', rows,
        'counts', CASE WHEN said > 0 THEN 'true' ELSE noted -> guard ->> 'counts' END));
    PERFORM set_config('routable.warned', noted::text, true);
    RETURN said;
END
$$;
COMMENT ON FUNCTION routable.note_warned(oid, text, text, text) IS 'internal: what a statement is to be told of a row that is stored';

-- The server's log gets values that the client may not be shown.
CREATE FUNCTION routable.write_log(message text) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
BEGIN
    RAISE LOG '%', message;
END
$$;
COMMENT ON FUNCTION routable.write_log(text) IS 'internal: writes a line to the server''s log, and tells the client nothing';
