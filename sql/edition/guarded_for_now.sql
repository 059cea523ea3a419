-- Stands in until the guard's files are here, which replace it.
CREATE FUNCTION routable.guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT routable.model_routable(NEW.runtime, NEW.model) THEN
        RAISE check_violation;
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION routable.guarded_tables() RETURNS SETOF regclass LANGUAGE sql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
    SELECT tgrelid::regclass FROM pg_trigger WHERE tgfoid = 'routable.guard()'::regprocedure AND tgparentid = 0
$$;
