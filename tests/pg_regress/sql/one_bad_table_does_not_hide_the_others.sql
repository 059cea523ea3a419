\set SHOW_CONTEXT never
CREATE TABLE workspaces (id int, runtime text, model text);
SELECT routable.attach('workspaces');
-- A constraint that is nested deeper than PostgreSQL can read, and triggers with absurd arguments.
CREATE TABLE regress_deep (id int, runtime text, model text);
SET max_stack_depth = '7MB';
DO $$ BEGIN
    EXECUTE 'ALTER TABLE regress_deep ADD CONSTRAINT deep CHECK (model_routable(runtime, model) AND id' || repeat(' + 1', 5000) || ' > 0)';
    EXECUTE format('CREATE TRIGGER long AFTER INSERT OR UPDATE ON regress_deep FOR EACH ROW EXECUTE FUNCTION routable.guard(%L)',
        'runtime=' || repeat('x', 1000000));
END $$;
SET max_stack_depth = '500kB';
SELECT relation, mechanism, state, issues FROM routable.guards ORDER BY 1;
SELECT routable.is_guarded('workspaces') AS good, routable.is_guarded('regress_deep') AS deep;
SELECT count(*) FROM routable.audit('regress_deep');
RESET max_stack_depth;
SELECT routable.attach('regress_deep');
SELECT relation, mechanism, state, issues FROM routable.guards ORDER BY 1;
SELECT routable.detach('regress_deep');
DROP TABLE workspaces, regress_deep;

-- An OID that is not a table any more.
SELECT routable.attach(999999::regclass);
SELECT routable.detach(999999::regclass);
SELECT * FROM routable.audit(999999::regclass);
SELECT routable.is_guarded(999999::regclass);
