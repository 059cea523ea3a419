-- Runs the random programs of DdlFuzz.pm, and judges their outcomes. All counts are sequences, because a rollback does not
-- undo those.
CREATE SCHEMA fuzz;

-- Relations and columns by the names that a program uses for them, whatever their current names are.
CREATE TABLE fuzz.known (name text PRIMARY KEY, relation oid, attnum smallint);
-- The code of triggers, defaults, checks and policies.
CREATE TABLE fuzz.program (name text PRIMARY KEY, every int, phase int, steps text[]);

CREATE SEQUENCE fuzz.calls;
CREATE SEQUENCE fuzz.done;
CREATE SEQUENCE fuzz.spent;
-- How often the guard was seen not to enforce, or not completely.
CREATE SEQUENCE fuzz.weakened;
CREATE SEQUENCE fuzz.weakened_before MINVALUE 0;
-- How often the guarded columns were renamed.
CREATE SEQUENCE fuzz.renamed;
CREATE SEQUENCE fuzz.renamed_before;
CREATE SEQUENCE fuzz.columns_before;
-- How many statements were judged: those during which the guard always enforced.
CREATE SEQUENCE fuzz.judged;

CREATE FUNCTION fuzz.resolved(step text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	k record;
BEGIN
	FOR k IN SELECT * FROM fuzz.known LOOP
		step := replace(step, '{' || k.name || '}', coalesce(CASE WHEN k.attnum IS NULL THEN k.relation::regclass::text
			ELSE (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = k.relation AND attnum = k.attnum) END, 'gone'));
	END LOOP;
	RETURN step;
END $$;

-- Whether the fuzzed table has no guard, or routable.guards shows an issue of its guard that may let bad pairs in. Counts it
-- in fuzz.weakened.
CREATE FUNCTION fuzz.look() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	target CONSTANT regclass := (SELECT relation FROM fuzz.known WHERE name = 't');
	named boolean;
BEGIN
	IF to_regclass('routable.guards') IS NULL THEN
		PERFORM nextval('fuzz.weakened');
		RETURN true;
	END IF;
	BEGIN
		SELECT count(*) = 0 OR bool_or(issue IS NOT NULL) OR routable.is_guarded(target) IS NOT TRUE INTO named
			FROM routable.guards LEFT JOIN unnest(issues) AS issue ON issue NOT LIKE '%is not validated%'
			WHERE relation = target;
	EXCEPTION WHEN others THEN
		-- A lock that somebody else holds, or an extension that was dropped meanwhile, is no fault of the view's.
		IF to_regclass('routable.guards') IS NOT NULL AND SQLSTATE NOT IN ('40P01', '55P03') THEN RAISE LOG 'fuzz: monitoring failed: %: %', SQLSTATE, SQLERRM; END IF;
		named := true;
	END;
	IF named THEN PERFORM nextval('fuzz.weakened'); END IF;
	RETURN named;
END $$;

-- The triggers that enforce. If a statement makes the guard again, these are new ones, and PostgreSQL may fire neither the
-- old nor the new ones for its rows.
CREATE FUNCTION fuzz.enforcing() RETURNS oid[] LANGUAGE sql AS $$
	SELECT array_agg(oid ORDER BY oid) FROM (
		SELECT oid FROM pg_trigger WHERE tgfoid = to_regproc('routable.guard')
		UNION ALL SELECT oid FROM pg_constraint WHERE contype = 'c' AND connamespace IN (SELECT oid FROM pg_namespace WHERE nspname ~ 'fuzz')
	) AS those
$$;

CREATE FUNCTION fuzz.is_check() RETURNS boolean LANGUAGE sql AS $$
	SELECT EXISTS (SELECT FROM pg_constraint WHERE contype = 'c' AND pg_get_constraintdef(oid) LIKE '%model_routable(%')
$$;

-- Runs one step. If it begins with !, its error is caught.
CREATE FUNCTION fuzz.step(step text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	former CONSTANT oid[] := fuzz.enforcing();
BEGIN
	IF step LIKE '!%' THEN
		BEGIN
			EXECUTE fuzz.resolved(substr(step, 2));
			PERFORM nextval('fuzz.done');
			PERFORM fuzz.look();
		EXCEPTION WHEN others THEN
			RAISE LOG 'fuzz: caught %: %', SQLSTATE, SQLERRM;
			-- PostgreSQL forgets every CHECK of a table whose DROP fails within a statement, as CHECK (id > 0).
			IF step ~ 'DROP' AND fuzz.is_check() THEN PERFORM nextval('fuzz.weakened'); END IF;
		END;
	ELSE
		EXECUTE fuzz.resolved(step);
		PERFORM nextval('fuzz.done');
		PERFORM fuzz.look();
	END IF;
	IF NOT former <@ fuzz.enforcing() THEN PERFORM nextval('fuzz.weakened'); END IF;
END $$;

-- The steps of a program that run now: limited in depth and number, and not for each row.
CREATE FUNCTION fuzz.steps(called text, depth int) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	n CONSTANT bigint := nextval('fuzz.calls');
BEGIN
	IF depth < 3 AND nextval('fuzz.spent') < 40 AND current_setting('fuzz.quiet', true) IS DISTINCT FROM 'on' THEN
		RETURN QUERY SELECT unnest(steps) FROM fuzz.program WHERE name = called AND n % every = phase;
	END IF;
END $$;

CREATE FUNCTION fuzz.act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	depth CONSTANT int := coalesce(nullif(current_setting('fuzz.depth', true), ''), '0');
	step text;
BEGIN
	PERFORM set_config('fuzz.depth', (depth + 1)::text, true);
	FOR step IN SELECT fuzz.steps(TG_ARGV[0], depth) LOOP
		IF step NOT LIKE 'NEW %' THEN
			PERFORM fuzz.step(step);
		ELSIF TG_WHEN = 'BEFORE' AND TG_LEVEL = 'ROW' AND TG_OP <> 'DELETE' THEN
			NEW := jsonb_populate_record(NEW, substr(step, 5)::jsonb);
		END IF;
	END LOOP;
	PERFORM set_config('fuzz.depth', depth::text, true);
	IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
	RETURN NEW;
END $$;

-- The same for defaults, checks, domains and policies.
CREATE FUNCTION fuzz.holds(program text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
	depth CONSTANT int := coalesce(nullif(current_setting('fuzz.depth', true), ''), '0');
	step text;
BEGIN
	PERFORM set_config('fuzz.depth', (depth + 1)::text, true);
	FOR step IN SELECT fuzz.steps(program, depth) LOOP
		IF step NOT LIKE 'NEW %' THEN PERFORM fuzz.step(step); END IF;
	END LOOP;
	PERFORM set_config('fuzz.depth', depth::text, true);
	RETURN true;
END $$;

CREATE FUNCTION fuzz.bad_rows(runtime_column name, model_column name) RETURNS text LANGUAGE sql AS $$
	SELECT format('(NOT public.model_routable(%1$I::text, %2$I::text) '
		'AND (%1$I::text, %2$I::text) IS DISTINCT FROM (''claude-code'', ''old-1''))', runtime_column, model_column)
$$;

-- Judges the result of a statement: reports bad rows if the guard was always seen to enforce. A row is bad only if it is bad
-- both by the columns that were guarded before and by those that are guarded now. Bad rows are removed.
CREATE FUNCTION fuzz.judge(label text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	target CONSTANT regclass := (SELECT relation FROM fuzz.known WHERE name = 't');
	guard record;
	former CONSTANT int := (SELECT last_value FROM fuzz.columns_before);
	present int := 1;
	was_bad text := 'true';
	is_bad text;
	found text;
	named boolean;
BEGIN
	PERFORM set_config('fuzz.quiet', 'on', false);
	named := fuzz.look();
	IF to_regclass('routable.guards') IS NULL THEN RETURN; END IF;
	SELECT g.*, a.attnum AS runtime, b.attnum AS model INTO guard FROM routable.guards g
		JOIN pg_attribute a ON a.attrelid = target AND a.attname = runtime_column
		JOIN pg_attribute b ON b.attrelid = target AND b.attname = model_column
		WHERE relation = target;
	IF guard IS NOT NULL THEN
		present := guard.runtime * 1000 + guard.model;
		is_bad := fuzz.bad_rows(guard.runtime_column, guard.model_column);
		IF former <> present AND former > 1 THEN
			SELECT fuzz.bad_rows(a.attname, b.attname) INTO was_bad FROM pg_attribute a, pg_attribute b
				WHERE a.attrelid = target AND a.attnum = former / 1000 AND b.attrelid = target AND b.attnum = former % 1000
					AND NOT a.attisdropped AND NOT b.attisdropped;
		END IF;
		IF (SELECT a.last_value = b.last_value FROM fuzz.weakened a, fuzz.weakened_before b)
			AND (SELECT a.last_value - b.last_value < 2 FROM fuzz.renamed a, fuzz.renamed_before b)
		THEN
			PERFORM nextval('fuzz.judged');
			EXECUTE format('SELECT string_agg(r::text, '' '') FROM %s AS r WHERE %s AND %s', target, is_bad, coalesce(was_bad, 'true'))
				INTO found;
			IF found IS NOT NULL THEN
				RETURN NEXT format('UNNAMED after %s: %s', label, found);
			END IF;
		END IF;
		PERFORM set_config('session_replication_role', 'replica', true);
		EXECUTE format('DELETE FROM %s WHERE %s', target, is_bad);
	END IF;
	-- What begins without a guard that enforces is not judged by one that it gets.
	PERFORM setval('fuzz.weakened_before', last_value - named::int) FROM fuzz.weakened;
	PERFORM setval('fuzz.renamed_before', last_value) FROM fuzz.renamed;
	PERFORM setval('fuzz.columns_before', present), setval('fuzz.spent', 1);
	PERFORM set_config('fuzz.quiet', 'off', false);
EXCEPTION WHEN others THEN
	RAISE LOG 'fuzz: judge failed: %: %', SQLSTATE, SQLERRM;
	PERFORM nextval('fuzz.weakened');
	PERFORM set_config('fuzz.quiet', 'off', false);
END $$;

CREATE ROLE fuzz_writer;
GRANT pg_execute_server_program TO fuzz_writer;
GRANT USAGE ON SCHEMA fuzz TO fuzz_writer;
GRANT ALL ON ALL TABLES IN SCHEMA fuzz TO fuzz_writer;
GRANT ALL ON ALL SEQUENCES IN SCHEMA fuzz TO fuzz_writer;
