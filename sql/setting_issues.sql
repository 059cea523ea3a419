-- Where a parameter is set so that triggers let bad pairs through. PostgreSQL takes a parameter's name and value in any
-- letter case, and keeps them as they were typed.
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
    -- What ALTER SYSTEM wrote, which a setting of this role can hide from it; for those who may read it.
    IF has_function_privilege('pg_show_all_file_settings()', 'EXECUTE') THEN
        issues := issues || ARRAY(SELECT DISTINCT subject || 'the server.' FROM pg_show_all_file_settings() AS f
            WHERE lower(f.name) = parameter AND lower(f.setting) = value AND f.error IS NULL);
    END IF;
    RETURN issues;
END
$$;
COMMENT ON FUNCTION routable.setting_issues(text, text) IS
    'internal: where a parameter is set to a value, as sentences: this session, roles, this database, functions, the server';
