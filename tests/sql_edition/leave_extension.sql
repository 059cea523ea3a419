-- Run by a superuser, in the transaction in which role :owner then runs the script of the SQL edition: takes the objects out of the
-- extension, and gives them to the role. What triggers, constraints and views depend on stays, to be replaced in place.
ALTER EXTENSION model_routable DROP EVENT TRIGGER model_routable_renamed_columns;
DROP EVENT TRIGGER model_routable_renamed_columns;
CREATE TEMP TABLE left_behind AS
    SELECT type AS kind, identity AS name FROM pg_depend, pg_identify_object(classid, objid, objsubid)
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND type <> 'type' -- that of a view's rows goes with the view
        AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'model_routable');
DO $$
DECLARE
    member record;
BEGIN
    FOR member IN SELECT * FROM left_behind LOOP
        EXECUTE format('ALTER EXTENSION model_routable DROP %s %s', member.kind, member.name);
    END LOOP;
    DROP EXTENSION model_routable;
    DROP TRIGGER tell_release ON routable.release_store;
    DROP TRIGGER check_release ON routable.release_store;
    DROP TRIGGER check_truncate ON routable.release_store;
    FOR member IN SELECT * FROM left_behind WHERE kind = 'function' LOOP
        BEGIN
            EXECUTE format('DROP FUNCTION %s', member.name);
        EXCEPTION WHEN dependent_objects_still_exist THEN
            NULL;
        END;
    END LOOP;
    FOR member IN SELECT * FROM left_behind WHERE kind <> 'function' OR to_regprocedure(name) IS NOT NULL LOOP
        EXECUTE format('ALTER %s %s OWNER TO %I', member.kind, member.name, current_setting('routable.owner'));
    END LOOP;
END
$$;
DROP TABLE left_behind;
