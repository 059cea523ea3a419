-- The extension and its objects in the catalogs, as lines by which two databases can be compared.
SELECT 'extension ' || extname || ' ' || extversion || ' in ' || extnamespace::regnamespace || ', relocatable '
    || extrelocatable || ', configuration ' || coalesce(extconfig::regclass[]::text, 'none') || ', comment '
    || coalesce(obj_description(oid, 'pg_extension'), 'none') FROM pg_extension WHERE extname = 'model_routable';

CREATE TEMPORARY VIEW members AS
    SELECT classid, objid, pg_describe_object(classid, objid, 0) AS object FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
        AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'model_routable');

SELECT object || ', comment ' || coalesce(obj_description(objid, classid::regclass::name), 'none')
    FROM members ORDER BY object COLLATE "C";
SELECT object || ', owner ' || proowner::regrole || ', privileges ' || coalesce(proacl::text, 'default') || E'\n'
    || pg_get_functiondef(objid)
    FROM members JOIN pg_proc ON pg_proc.oid = objid WHERE classid = 'pg_proc'::regclass ORDER BY object COLLATE "C";
SELECT object || ', owner ' || relowner::regrole || ', privileges ' || coalesce(relacl::text, 'default') || ', options '
    || coalesce(reloptions::text, 'none') || E'\n' || pg_get_viewdef(objid)
    FROM members JOIN pg_class ON pg_class.oid = objid WHERE classid = 'pg_class'::regclass ORDER BY object COLLATE "C";
SELECT object || ', column ' || attnum || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ', privileges '
    || coalesce(attacl::text, 'default') || ', comment ' || coalesce(col_description(objid, attnum), 'none')
    FROM members JOIN pg_attribute ON attrelid = objid AND attnum > 0
    WHERE classid = 'pg_class'::regclass ORDER BY object COLLATE "C", attnum;
SELECT object || ', trigger ' || pg_get_triggerdef(pg_trigger.oid) || ', ' || tgenabled::text
    FROM members JOIN pg_trigger ON tgrelid = objid WHERE classid = 'pg_class'::regclass AND NOT tgisinternal ORDER BY tgname COLLATE "C";
SELECT object || ', constraint ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
    FROM members JOIN pg_constraint ON conrelid = objid WHERE classid = 'pg_class'::regclass ORDER BY conname COLLATE "C";
SELECT object || ', owner ' || nspowner::regrole || ', privileges ' || coalesce(nspacl::text, 'default')
    FROM members JOIN pg_namespace ON pg_namespace.oid = objid WHERE classid = 'pg_namespace'::regclass;
SELECT object || ', initial privileges ' || initprivs::text || ', part ' || objsubid
    FROM members JOIN pg_init_privs ON classoid = classid AND objoid = objid ORDER BY object COLLATE "C", objsubid;
SELECT * FROM (
    SELECT DISTINCT object || ' depends on ' || pg_describe_object(refclassid, refobjid, refobjsubid) || ', ' || deptype::text
    FROM members JOIN pg_depend USING (classid, objid)) AS dependencies (line) ORDER BY line COLLATE "C";
