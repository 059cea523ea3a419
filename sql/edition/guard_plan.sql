-- What the arguments of a trigger mean for the table as it is now; or the fault for which its call is an error, since a guard
-- that cannot judge must let nothing pass.
CREATE FUNCTION routable.guard_plan(
    relation oid,
    trigger text,
    arguments text[],
    timing text,
    level text,
    operation text,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT fault text,
    OUT fault_state text,
    OUT fault_detail text,
    OUT fault_hint text
) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    settings record;
    attribute record;
    table_name CONSTANT name := (SELECT relname FROM pg_class WHERE oid = relation);
    judged smallint[];
    numbers smallint[] := '{}';
BEGIN
    fault_hint := 'Let routable.attach() create the triggers.';
    fault := CASE
        WHEN level <> 'ROW' THEN 'trigger "%s" must be FOR EACH ROW to call routable.guard()'
        WHEN timing = 'INSTEAD OF' THEN 'trigger "%s" must be BEFORE or AFTER to call routable.guard()'
        WHEN operation NOT IN ('INSERT', 'UPDATE') THEN 'trigger "%s" must be for INSERT or UPDATE to call routable.guard()' END;
    IF fault IS NOT NULL THEN
        fault := format(fault, trigger);
        fault_state := 'trigger_protocol_violated';
        RETURN;
    END IF;
    -- Without arguments, PL/pgSQL has NULL for them.
    settings := routable.read_settings(trigger, coalesce(arguments, '{}'));
    IF settings.fault IS NOT NULL THEN
        fault := settings.fault;
        fault_state := 'invalid_parameter_value';
        fault_detail := 'The guard takes the arguments "runtime=column", "model=column" and "constraint=name", each once, and may take '
            '"on_mismatch=raise|warn|reset", "unknown_runtime=allow|deny", "near_miss=allow|warn|deny" and "replicas=true".';
        RETURN;
    END IF;
    runtime_column := settings.runtime_column;
    model_column := settings.model_column;
    constraint_name := settings.constraint_name;
    on_mismatch := settings.on_mismatch;
    unknown_runtime := settings.unknown_runtime;
    near_miss := settings.near_miss;

    FOR attribute IN SELECT given, attnum, attgenerated, atttypid, routable.can_read(atttypid) AS is_readable
            FROM unnest(ARRAY[settings.runtime_column, settings.model_column]) WITH ORDINALITY AS guarded (given, position)
                LEFT JOIN pg_attribute ON attrelid = relation AND attname = given AND attnum > 0 AND NOT attisdropped
            ORDER BY position LOOP
        numbers := numbers || attribute.attnum;
        IF attribute.attnum IS NULL THEN
            fault := format('column "%s" of relation "%s", which trigger "%s" guards, does not exist', attribute.given, table_name, trigger);
            fault_state := 'undefined_column';
            fault_hint := 'If the column was renamed, attach the guard again: SELECT routable.attach(table, runtime_column => ..., '
                'model_column => ...). If it was dropped, detach the guard of the former columns: SELECT routable.detach(table, '
                'runtime_column => ..., model_column => ...).';
        ELSIF attribute.attgenerated NOT IN ('', 's') THEN
            fault := format('column "%s" of relation "%s" is a virtual generated column, which triggers cannot read',
                attribute.given, table_name);
            fault_state := 'feature_not_supported';
            fault_hint := 'Attach the guard with mechanism => ''check''.';
        ELSIF attribute.attgenerated = 's' AND timing = 'BEFORE' THEN
            fault := format('column "%s" of relation "%s" is generated and cannot be guarded before it is computed',
                attribute.given, table_name);
            fault_state := 'feature_not_supported';
            fault_hint := 'Attach the guard with before_update => false, which judges the row after it is computed.';
        ELSIF NOT attribute.is_readable THEN
            fault := format('column "%s" of relation "%s" has type %s, which routable.guard() cannot read',
                attribute.given, table_name, format_type(attribute.atttypid, NULL));
            fault_state := 'datatype_mismatch';
            fault_detail := 'The guard reads text, varchar, char(n), citext, name, enums without a cast to text, and domains over these.';
            fault_hint := 'Change the column''s type, or detach the guard.';
        END IF;
        IF fault IS NOT NULL THEN
            RETURN;
        END IF;
    END LOOP;

    -- Conditions stay with a column that is renamed, and arguments with the name: once another column has it, the two would judge
    -- different pairs. A condition that reads more or fewer than two columns was typed by hand, and means something else.
    SELECT columns INTO judged
    FROM pg_trigger AS own JOIN pg_trigger AS sibling ON (sibling.tgrelid, sibling.tgfoid, sibling.tgargs)
            = (own.tgrelid, own.tgfoid, own.tgargs)
        CROSS JOIN LATERAL (
            SELECT array_agg(number ORDER BY first) FROM (
                SELECT variable[2]::smallint, min(position)
                FROM regexp_matches(sibling.tgqual::text, ':varno ([0-9]+) :varattno (-?[0-9]+) ', 'g') WITH ORDINALITY
                    AS found (variable, position)
                WHERE variable[1] = '2' GROUP BY 1
            ) AS of_new (number, first)
        ) AS read (columns)
    WHERE own.tgrelid = relation AND own.tgname = trigger::name AND cardinality(columns) = 2 AND columns <> numbers
    LIMIT 1;
    IF FOUND THEN
        fault := format('trigger "%s" of relation "%s" names other columns than the guard''s condition reads', trigger, table_name);
        fault_state := 'object_not_in_prerequisite_state';
        fault_detail := format('The condition reads %s: columns were renamed, and a condition stays with its column.',
            (SELECT string_agg(format('"%s"', attname), ' and ' ORDER BY array_position(judged, attnum))
                FROM pg_attribute WHERE attrelid = relation AND attnum = ANY (judged)));
        fault_hint := 'Attach the guard to the columns that it is meant for.';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.guard_plan(oid, text, text[], text, text, text) IS
    'internal: what the arguments of a guard''s trigger mean for the table, or the fault for which its call is an error';
