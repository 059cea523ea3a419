-- What a database of the write paths has, once.
CREATE EXTENSION model_routable;
CREATE EXTENSION citext;
CREATE EXTENSION postgres_fdw;

-- The kinds of guard, in the order of the columns of docs/write-paths.md. attach is a query, in which $1 is the table and $2 is
-- whether its guard also has to hold for replicas.
CREATE TABLE kinds_of_guard (
    position int GENERATED ALWAYS AS IDENTITY,
    name     text,
    heading  text,
    attach   text
);
INSERT INTO kinds_of_guard (name, heading, attach) VALUES
    ('default',   'default guard',  'SELECT routable.attach($1, replicas => $2)'),
    ('last word', 'last word only', 'SELECT routable.attach($1, replicas => $2, before_update => false)'),
    ('check',     'check',          'SELECT routable.attach($1, mechanism => ''check'')'),
    -- The first one judges the columns the other way around, and lets all pass: model ids are no runtimes. So what a path finds is the
    -- doing of the second one.
    ('second',    'second guard',   'SELECT routable.attach($1, ''model'', ''runtime'', replicas => $2), routable.attach($1, replicas => $2)'),
    ('deferred',  'deferred guard', 'SELECT routable.attach($1, replicas => $2, deferral => ''deferred'')');

-- Attaches the guard of the kind that this run is about. If attach does not offer it, the SQLSTATE says so.
CREATE FUNCTION guard(target regclass, replicas boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('write_paths.guard') <> 'none' THEN
        EXECUTE (SELECT attach FROM public.kinds_of_guard WHERE name = current_setting('write_paths.guard'))
            USING target, replicas;
    END IF;
EXCEPTION WHEN feature_not_supported THEN
    RAISE EXCEPTION '%', SQLERRM USING ERRCODE = 'NOTOF';
END
$$;

-- Writes each row again, so that the guard judges it.
CREATE FUNCTION use_guard(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE %s SET runtime = runtime', target);
EXCEPTION WHEN OTHERS THEN
    NULL;
END
$$;
