\set SHOW_CONTEXT never
-- Guards that people may type by hand, in all combinations of their parts. If one counts as a guard, no probe can store a bad
-- pair.
CREATE TABLE regress_variants (number serial, statements text[], guarded boolean, on_insert boolean, stored text[], failed text);
CREATE TYPE regress_engine AS ENUM ('hermes', 'claude-code');
CREATE FUNCTION regress_claude(regress_engine) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'claude-code' $$;
CREATE CAST (regress_engine AS text) WITH FUNCTION regress_claude(regress_engine);
CREATE FUNCTION model_routable(varchar, varchar) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$;

INSERT INTO regress_variants (statements)
SELECT ARRAY[
    format('CREATE %s final AFTER %s ON regress_probed FOR EACH ROW %s EXECUTE FUNCTION routable.guard(%s)', kind, events, condition, arguments),
    after]
FROM unnest('{TRIGGER,CONSTRAINT TRIGGER}'::text[]) AS kind,
    unnest('{INSERT OR UPDATE,UPDATE,"UPDATE OF runtime",INSERT}'::text[]) AS events,
    unnest(ARRAY['', 'WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text))', 'WHEN (false)',
        'WHEN (NOT model_routable(NEW.model::text, NEW.runtime::text))',
        'WHEN (NOT model_routable(NEW.runtime::text, NEW.other::text))',
        'WHEN (NOT model_routable(upper(NEW.runtime), NEW.model::text))',
        'WHEN (NOT model_routable(NEW.runtime::varchar, NEW.model::varchar))',
        'WHEN (NOT model_routable(''hermes'', NEW.model::text))',
        'WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text) AND NEW.other IS NULL)',
        'WHEN (NOT model_routable(NEW.runtime::text, NEW.model::text) OR routable.default_model(NEW.runtime::text) IS NULL)']) AS condition,
    unnest(ARRAY['''runtime=runtime'', ''model=model'', ''constraint=c''', '''runtime=runtime'', ''model=model''',
        '''runtime=runtime'', ''model=other'', ''constraint=c''', '''runtime=runtime'', ''model=model'', ''constraint=c'', ''on_mismatch=WARN''',
        '''runtime=runtime'', ''model=model'', ''constraint=c'', ''on_mismatch=warn''',
        '''runtime=runtime'', ''model=model'', ''constraint=c'', ''unknown_runtime=deny''']) AS arguments,
    unnest(ARRAY['SELECT', 'ALTER TABLE regress_probed DISABLE TRIGGER final', 'ALTER TABLE regress_probed ENABLE REPLICA TRIGGER final',
        'ALTER TABLE regress_probed ENABLE ALWAYS TRIGGER final',
        'ALTER TABLE regress_probed RENAME model TO former; ALTER TABLE regress_probed ADD model text',
        'ALTER TABLE regress_probed RENAME model TO m; ALTER TABLE regress_probed RENAME other TO model; ALTER TABLE regress_probed RENAME m TO other']) AS after
WHERE (kind = 'TRIGGER' OR events = 'INSERT OR UPDATE')
    AND (after = 'SELECT' OR kind = 'CONSTRAINT TRIGGER' AND (arguments LIKE '%''model=model'', ''constraint=c''' OR arguments LIKE '%deny'''));
INSERT INTO regress_variants (statements)
SELECT ARRAY[format('ALTER TABLE regress_probed ADD CONSTRAINT c CHECK (%s) NOT VALID', condition), after]
FROM unnest(ARRAY['model_routable(runtime, model)', 'model_routable(runtime::text, model::text)', 'model_routable(upper(runtime), model)',
        'model_routable(''hermes'', model)', 'model_routable(runtime, other)', 'model_routable(model, runtime)',
        'model_routable(runtime::varchar, model::varchar)', 'model_routable(runtime, model) OR other = ''x''',
        'model_routable(runtime, model) AND other IS NULL', 'NOT model_routable(runtime, model)']) AS condition,
    unnest(ARRAY['SELECT', 'ALTER TABLE regress_probed RENAME model TO former; ALTER TABLE regress_probed ADD model text',
        'ALTER TABLE regress_probed DROP CONSTRAINT c']) AS after;
-- The same conditions on an enum that has a cast to text of its owner.
INSERT INTO regress_variants (statements)
SELECT ARRAY['DROP TABLE regress_probed; CREATE TABLE regress_probed (id int, runtime regress_engine, model text, other text); '
    || 'INSERT INTO regress_probed VALUES (1, ''claude-code'', ''sonnet'', NULL)'] || statements
FROM regress_variants WHERE array_to_string(statements, ' ') !~ 'upper|varchar|runtime, (model|other)|routable\(model|UPDATE OF';

CREATE PROCEDURE regress_probe(variant regress_variants) LANGUAGE plpgsql AS $$
DECLARE
    statement text;
    guard record;
    is_bad boolean;
    got_in text[] := '{}';
    failure text;
BEGIN
    CREATE TABLE regress_probed (id int, runtime text, model text, other text);
    INSERT INTO regress_probed VALUES (1, 'claude-code', 'sonnet', NULL);
    FOREACH statement IN ARRAY variant.statements LOOP
        EXECUTE statement;
    END LOOP;
    SELECT routable.is_guarded('regress_probed') AS is_true, coalesce(bool_and(on_insert), false) AS on_insert,
        coalesce(min(runtime_column), 'runtime') AS runtime, coalesce(min(model_column), 'model') AS model INTO guard
        FROM routable.guards WHERE relation = 'regress_probed'::regclass;
    FOREACH statement IN ARRAY ARRAY['UPDATE regress_probed SET runtime = ''hermes'', model = ''sonnet''',
        'UPDATE regress_probed SET model = ''nonsense''', 'UPDATE regress_probed SET model = ''nonsense'', other = ''x''',
        'UPDATE regress_probed SET runtime = ''hermes'', model = ''nonsense'', other = ''sonnet''']
        || CASE WHEN guard.on_insert THEN ARRAY['INSERT INTO regress_probed VALUES (2, ''hermes'', ''sonnet'')',
            'INSERT INTO regress_probed (id, runtime, model) VALUES (2, ''hermes'', ''nonsense'')',
            'INSERT INTO regress_probed (id, runtime, model, other) VALUES (2, ''hermes'', ''sonnet'', ''x'')'] ELSE '{}' END LOOP
        BEGIN
            EXECUTE statement;
            EXECUTE format('SELECT EXISTS (SELECT FROM regress_probed
                WHERE NOT routable.model_routable(routable.column_text(%I), routable.column_text(%I)))', guard.runtime, guard.model) INTO is_bad;
            IF is_bad THEN
                got_in := got_in || statement;
            END IF;
            RAISE EXCEPTION USING ERRCODE = 'UNDON';
        EXCEPTION WHEN OTHERS THEN
            IF SQLSTATE NOT IN ('UNDON', '23514') AND guard.is_true THEN
                failure := SQLERRM;
            END IF;
        END;
    END LOOP;
    UPDATE regress_variants SET guarded = guard.is_true, on_insert = guard.on_insert, stored = got_in, failed = failure
        WHERE number = variant.number;
    DROP TABLE regress_probed;
END
$$;
SET client_min_messages = error;
-- Removes what else would refuse some of these.
ALTER EVENT TRIGGER model_routable_renamed_columns DISABLE;
DO $$
DECLARE
    variant regress_variants;
BEGIN
    FOR variant IN SELECT * FROM regress_variants LOOP
        CALL regress_probe(variant);
    END LOOP;
END
$$;
SELECT count(*) AS variants, count(*) FILTER (WHERE guarded) AS guarded, count(*) FILTER (WHERE stored <> '{}') AS let_in,
    count(*) FILTER (WHERE guarded AND stored <> '{}') AS wrong, count(failed) AS failed FROM regress_variants;
SELECT statements, stored, failed FROM regress_variants WHERE guarded AND stored <> '{}' OR failed IS NOT NULL LIMIT 5;
-- The combinations that count as a guard.
SELECT DISTINCT statements[array_length(statements, 1) - 1] AS statement FROM regress_variants
    WHERE guarded AND statements[array_length(statements, 1)] = 'SELECT' ORDER BY 1;
ALTER EVENT TRIGGER model_routable_renamed_columns ENABLE;
DROP CAST (regress_engine AS text);
DROP FUNCTION model_routable(varchar, varchar), regress_claude(regress_engine);
DROP PROCEDURE regress_probe;
DROP TABLE regress_variants;
DROP TYPE regress_engine;
