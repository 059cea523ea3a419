-- Settings and privileges that could still let a bad pair in, or that refuse legitimate writes, as sentences.

-- The places where a parameter is set so that triggers let bad pairs through. PostgreSQL accepts the names and values of
-- parameters in any letter case, and stores them as they were typed.
CREATE FUNCTION routable.setting_issues(parameter text, value text) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    issues text[];
    subject CONSTANT text := format('%s is set to "%s" for ', parameter, value);
BEGIN
    issues := ARRAY(SELECT format('%s is "%s" in this session.', parameter, value)
            WHERE lower(current_setting(parameter, true)) = value)
        || ARRAY(SELECT subject || concat_ws(' in ',
                CASE WHEN setrole <> 0 THEN format('role "%s"', pg_get_userbyid(setrole)) WHEN setdatabase = 0 THEN 'all roles' END,
                CASE WHEN setdatabase <> 0 THEN format('database "%s"', current_database()) END) || '.'
            FROM pg_db_role_setting, unnest(setconfig) AS entry
            WHERE lower(entry) = format('%s=%s', parameter, value)
                AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            ORDER BY setdatabase <> 0, setrole)
        || ARRAY(SELECT subject || format('the time that function %s runs.', pg_proc.oid::regprocedure)
            FROM pg_proc, unnest(proconfig) AS entry WHERE lower(entry) = format('%s=%s', parameter, value)
            ORDER BY pg_proc.oid);
    -- The value that ALTER SYSTEM wrote, for roles that may read it. A setting of this role can hide it.
    IF has_function_privilege('pg_show_all_file_settings()', 'EXECUTE') THEN
        issues := issues || ARRAY(SELECT DISTINCT subject || 'the server.' FROM pg_show_all_file_settings() AS f
            WHERE lower(f.name) = parameter AND lower(f.setting) = value AND f.error IS NULL);
    END IF;
    RETURN issues;
END
$$;
COMMENT ON FUNCTION routable.setting_issues(text, text) IS
    'internal: where a parameter is set to a value, as sentences: this session, roles, this database, functions, the server';

-- If a writer may not execute a function that the guard calls, all its writes are refused.
CREATE FUNCTION routable.privilege_issues(target regclass, catalogue regclass, part oid) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(format('Not every role may execute %s: for a role that may not, every write is an error. '
            'GRANT EXECUTE ON FUNCTION %s TO PUBLIC;', function, function)), '{}')
    FROM (SELECT DISTINCT refobjid::regprocedure FROM pg_depend
        WHERE classid = catalogue AND objid = part AND refclassid = 'pg_proc'::regclass
            AND refobjid <> 'routable.guard()'::regprocedure
            AND NOT has_function_privilege('public', refobjid, 'EXECUTE')) AS called (function)
$$;
COMMENT ON FUNCTION routable.privilege_issues(regclass, regclass, oid) IS
    'internal: the functions that a guard calls and not every role may execute, as sentences';

-- CREATE OR REPLACE TRIGGER, which PostgreSQL 14 brought, takes the TRIGGER privilege alone.
CREATE FUNCTION routable.trigger_privilege_issues(target regclass, part oid) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(format('With the TRIGGER privilege, %s could replace the trigger "%s", and put it back without a trace: %s',
            grantees, tgname, CASE WHEN foreign_table IS NULL THEN 'attach the guard again, which makes it a constraint trigger.'
                ELSE format('revoke it, since a constraint trigger cannot be on the foreign table "%s".', foreign_table) END)), '{}')
    FROM pg_trigger
        CROSS JOIN LATERAL (SELECT string_agg(DISTINCT CASE grantee WHEN 0 THEN 'everybody'
                ELSE format('role "%s"', pg_get_userbyid(grantee)) END, ', ')
            FROM pg_class, aclexplode(relacl)
            WHERE pg_class.oid = target AND privilege_type = 'TRIGGER' AND grantee <> relowner) AS granted (grantees)
        CROSS JOIN LATERAL routable.foreign_table(target) AS below (foreign_table)
    WHERE pg_trigger.oid = part AND tgconstraint = 0 AND tgparentid = 0 AND grantees IS NOT NULL
        AND current_setting('server_version_num')::integer >= 140000
$$;
COMMENT ON FUNCTION routable.trigger_privilege_issues(regclass, oid) IS
    'internal: the roles that could replace a trigger without owning the table, as a sentence';
