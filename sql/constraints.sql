-- Guards that are CHECK constraints. The whole condition is a call of the lookup with two columns.
CREATE FUNCTION routable.constraint_guards(
    target regclass, OUT constraint_oid oid, OUT name name, OUT runtime_column name, OUT model_column name,
    OUT inherited boolean, OUT validated boolean, OUT enforced boolean, OUT attached_to text
) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.oid, conname, runtime.attname, model.attname, NOT conislocal, convalidated,
        -- PostgreSQL 18 added the column.
        coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true),
        -- The names that the columns had then. If a column is renamed, the constraint follows it without a message.
        substring(obj_description(c.oid, 'pg_constraint') FROM '^refuses a row whose [(](.*)[)] pair is not routable$')
    FROM pg_constraint c
        CROSS JOIN LATERAL regexp_match(routable.condition(conbin), '^model_routable[(]1[.]([0-9]+),1[.]([0-9]+)[)]$') AS columns
        JOIN pg_attribute runtime ON runtime.attrelid = target AND runtime.attnum = columns[1]::smallint
        JOIN pg_attribute model ON model.attrelid = target AND model.attnum = columns[2]::smallint
    WHERE conrelid = target AND contype = 'c' AND EXISTS (SELECT FROM pg_depend
        WHERE classid = 'pg_constraint'::regclass AND objid = c.oid AND refclassid = 'pg_proc'::regclass
            AND refobjid IN (SELECT function::oid FROM routable.lookup_functions() AS function))
    ORDER BY conname
$$;
COMMENT ON FUNCTION routable.constraint_guards(regclass) IS 'internal: the CHECK constraints of a table that are guards';

-- The tables below a table that lack a constraint which they should have inherited. PostgreSQL 17 and later drop it from a
-- single partition or child, if an ALTER COLUMN ... SET EXPRESSION rewrites that table.
CREATE FUNCTION routable.lost_constraints(target regclass, constraint_name name) RETURNS SETOF regclass
    LANGUAGE sql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT inhrelid::regclass FROM pg_inherits
    WHERE inhrelid IN (SELECT routable.descendants(target))
        AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = target AND conname = constraint_name AND NOT connoinherit)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = inhrelid AND conname = constraint_name)
$$;
COMMENT ON FUNCTION routable.lost_constraints(regclass, name) IS
    'internal: partitions and children that lack a constraint of the table above them';

-- Puts a lost constraint back. An ALTER COLUMN ... TYPE with the type that the column already has creates the constraints
-- that read the column again, also on the tables below, and does not rewrite the table. False if PostgreSQL refuses this, as
-- it does if a view uses the column.
CREATE FUNCTION routable.restore_constraint(target regclass, constraint_name name) RETURNS boolean
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
    touched record;
BEGIN
    IF NOT EXISTS (SELECT FROM routable.lost_constraints(target, constraint_name)) THEN
        RETURN true;
    END IF;
    SELECT attname, format_type(atttypid, atttypmod) AS type_name, attstorage, typstorage,
            CASE WHEN attcollation <> typcollation THEN format('COLLATE %I.%I', nspname, collname) END AS collation INTO touched
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) JOIN pg_type ON pg_type.oid = atttypid
            LEFT JOIN pg_collation ON pg_collation.oid = attcollation LEFT JOIN pg_namespace ON pg_namespace.oid = collnamespace
        WHERE conrelid = target AND conname = constraint_name ORDER BY attgenerated <> '', attnum LIMIT 1;
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s %s', relation, touched.attname, touched.type_name, touched.collation);
    IF touched.attstorage <> touched.typstorage THEN
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', relation, touched.attname,
            CASE touched.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END);
    END IF;
    RAISE NOTICE 'constraint "%" is put back on tables below relation "%" that PostgreSQL had dropped it from',
        constraint_name, (SELECT relname FROM pg_class WHERE oid = target);
    RETURN true;
EXCEPTION WHEN feature_not_supported OR dependent_objects_still_exist THEN
    RETURN false;
END
$$;
COMMENT ON FUNCTION routable.restore_constraint(regclass, name) IS
    'internal: puts a constraint back on the partitions and children that lost it; returns whether they have it now';

CREATE FUNCTION routable.drop_constraint(target regclass, constraint_name name) RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT routable.restore_constraint(target, constraint_name) THEN
        RAISE EXCEPTION 'constraint "%" of relation "%" cannot be dropped',
                constraint_name, (SELECT relname FROM pg_class WHERE oid = target)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('PostgreSQL dropped it from "%s" alone, when a column got another expression there.',
                    (SELECT lost FROM routable.lost_constraints(target, constraint_name) AS lost LIMIT 1)),
                HINT = 'Drop the views, rules and trigger conditions that use the guarded columns, and try again.';
    END IF;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', routable.qualified_name(target), constraint_name);
END
$$;
COMMENT ON FUNCTION routable.drop_constraint(regclass, name) IS 'internal: drops the constraint of a guard from a table and those below it';

-- The comment of a guard's constraint, which has the columns that it was attached to.
CREATE FUNCTION routable.attached_to(runtime_column text, model_column text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%I, %I', runtime_column, model_column)
$$;
COMMENT ON FUNCTION routable.attached_to(text, text) IS 'internal: the columns of a guard, as the comment of its constraint names them';

-- Whether a table and all tables below it have the constraint of a guard on these columns, and none has a trigger of that
-- guard.
CREATE FUNCTION routable.has_constraint(target regclass, runtime_column text, model_column text) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT triggers = '{}' AND EXISTS (SELECT FROM routable.constraint_guards(target) AS own
            WHERE own.runtime_column = has_constraint.runtime_column AND own.model_column = has_constraint.model_column
                AND coalesce(own.attached_to = routable.attached_to(own.runtime_column, own.model_column), true)
                AND own.enforced AND NOT EXISTS (SELECT FROM routable.lost_constraints(target, own.name)))
    FROM routable.parts_to_replace(target, has_constraint.runtime_column::name, has_constraint.model_column::name)
$$;
COMMENT ON FUNCTION routable.has_constraint(regclass, text, text) IS
    'internal: whether a table is guarded by a CHECK constraint on these columns';

CREATE FUNCTION routable.create_constraint(target regclass, constraint_name name, runtime_column name, model_column name)
    RETURNS void
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation CONSTANT text := routable.qualified_name(target);
BEGIN
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s(%I::text, %I::text)) NOT VALID',
        relation, constraint_name, routable.lookup_name(), runtime_column, model_column);
    EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', constraint_name, relation,
        format('refuses a row whose (%s) pair is not routable', routable.attached_to(runtime_column, model_column)));
    IF NOT routable.has_constraint(target, runtime_column, model_column) THEN
        RAISE EXCEPTION 'relation "%" is not guarded as it should be', (SELECT relname FROM pg_class WHERE oid = target)
            USING ERRCODE = 'object_in_use', DETAIL = 'Its definition was changed at the same time.', HINT = 'Try again.';
    END IF;
END
$$;
COMMENT ON FUNCTION routable.create_constraint(regclass, name, name, name) IS 'internal: creates the constraint of a guard';
