-- A condition and a constraint stay with a column that is renamed, while the application goes on with the name. So an ALTER
-- TABLE that gives the name to another column is an error: it would leave that column unguarded, without a message. As the
-- extension's owner, so that nobody's lack of a privilege on what it calls keeps them from altering their tables.
CREATE FUNCTION routable.check_renamed_columns() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    altered record;
BEGIN
    SELECT relation, guard.name, guard.judged INTO altered
    FROM (SELECT objid::regclass FROM pg_event_trigger_ddl_commands() WHERE classid = 'pg_class'::regclass AND objid <> 0) AS ddl (relation)
        CROSS JOIN LATERAL (
            SELECT name, judged FROM routable.guard_triggers(relation)
                WHERE judged IS NOT NULL AND NOT cloned
                    AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = relation AND tgfoid = 'routable.guard()'::regprocedure)
            UNION ALL
            SELECT name, routable.attached_to(runtime_column, model_column) FROM routable.constraint_guards(relation)
                WHERE NOT inherited AND attached_to <> routable.attached_to(runtime_column, model_column)
                    -- Another column has a name of these by now.
                    AND 2 = (SELECT count(*) FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
                        AND strpos(format(', %s, ', attached_to), format(', %I, ', attname)) > 0)
        ) AS guard
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the guard of relation "%" would judge other columns than it was attached to',
                (SELECT relname FROM pg_class WHERE oid = altered.relation)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('"%s" judges the columns that are called (%s) now.', altered.name, altered.judged),
                HINT = format('In one transaction, note attach_sql of routable.guards, detach the guard, alter the table, and run what was noted: '
                    'SELECT routable.detach(%L);', routable.qualified_name(altered.relation));
    END IF;
END
$$;
COMMENT ON FUNCTION routable.check_renamed_columns() IS
    'internal: raises an error if an ALTER TABLE gives the name of a guarded column to another one';

CREATE EVENT TRIGGER model_routable_renamed_columns ON ddl_command_end
    WHEN TAG IN ('ALTER TABLE', 'ALTER FOREIGN TABLE')
    EXECUTE FUNCTION routable.check_renamed_columns();
COMMENT ON EVENT TRIGGER model_routable_renamed_columns IS
    'model_routable: refuses an ALTER TABLE that gives the name of a guarded column to another one';
