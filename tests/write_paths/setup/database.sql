-- What the database of the write paths has, once.
CREATE EXTENSION model_routable;
CREATE EXTENSION citext;
CREATE EXTENSION postgres_fdw;

-- Attaches the guard that this run is about. Where attach does not offer it, the SQLSTATE says so.
CREATE FUNCTION guard(target regclass, replicas boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CASE current_setting('write_paths.guard')
        WHEN 'none' THEN NULL;
        WHEN 'default' THEN PERFORM routable.attach(target, replicas => replicas);
        WHEN 'last_word' THEN PERFORM routable.attach(target, replicas => replicas, before_update => false);
        WHEN 'check' THEN PERFORM routable.attach(target, mechanism => 'check');
    END CASE;
EXCEPTION WHEN feature_not_supported THEN
    RAISE EXCEPTION '%', SQLERRM USING ERRCODE = 'NOTOF';
END
$$;
