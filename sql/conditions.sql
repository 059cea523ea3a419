-- What calls the lookup: conditions of triggers and constraints, told by what they are bound to. Names are no evidence: a renamed
-- column, a cast or an overload reads the same in a definition. So functions count by their OIDs, and columns by their numbers.

-- The name by which a statement calls the lookup. Another function of the same name beside it, with arguments that have
-- defaults, would make that name ambiguous; in schema routable nobody can put one.
CREATE FUNCTION routable.lookup_name() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('%I.%I', nspname, proname)
    FROM routable.lookup_functions() WITH ORDINALITY AS lookup (function, position)
        JOIN pg_proc p ON p.oid = function JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM pg_proc other
        WHERE other.pronamespace = p.pronamespace AND other.proname = p.proname AND other.oid <> p.oid)
    ORDER BY position LIMIT 1
$$;
COMMENT ON FUNCTION routable.lookup_name() IS 'internal: how a statement calls the lookup, whatever stands beside it';

-- A stored expression with the extension's functions by name, and all else by OID and number: see the function's comment. Long
-- ones are not read: no guard has one, and PostgreSQL's own reading of them can end in an error.
CREATE FUNCTION routable.condition(expression pg_node_tree) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(outline,
            format('[[:<:]](%s)[(]', (SELECT string_agg(function::oid::text, '|') FROM routable.lookup_functions() AS function)),
            'model_routable(', 'g'),
            format('[[:<:]]%s[(]', 'routable.default_model(text)'::regprocedure::oid), 'default_model(', 'g'),
            format('[[:<:]]%s[(]', 'routable.passes(text,text,text,text)'::regprocedure::oid), 'passes(', 'g')
    FROM (SELECT CASE WHEN octet_length(expression::text) <= 16384 THEN routable.expression_outline(expression) END) AS read (outline)
$$;
COMMENT ON FUNCTION routable.condition(pg_node_tree) IS
    'internal: the condition of a trigger or a constraint, with columns by number; NULL if it has a part that no guard has';

-- The numbers of the two columns that a condition of a guard reads; NULL if it is another condition.
CREATE FUNCTION routable.columns_of_condition(condition text) RETURNS smallint[]
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT regexp_match(condition, '^(?:not|or)[(](?:not[(])?(?:model_routable|passes)[(]2[.]([0-9]+),2[.]([0-9]+)[,)]')::smallint[]
$$;
COMMENT ON FUNCTION routable.columns_of_condition(text) IS
    'internal: the numbers of the columns that a condition reads, as routable.condition() shows it';

-- The conditions under which the last word of a guard has to be called, the one that attach creates first. A wider one calls
-- it more often, and passes as much.
CREATE FUNCTION routable.wanted_conditions(runtime smallint, model smallint, unknown_runtime text, near_miss text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH lookup (condition) AS (SELECT format('not(model_routable(2.%s,2.%s))', runtime, model)),
        stricter (condition, is_wanted) AS (
            SELECT format('not(passes(2.%s,2.%s,''%s'',''%s''))', runtime, model, unknown, near),
                unknown = unknown_runtime AND near = near_miss
            FROM unnest(ARRAY['allow', 'deny']) AS unknown, unnest(ARRAY['allow', 'warn', 'deny']) AS near
            WHERE (unknown = 'deny' OR unknown_runtime = 'allow') AND (near <> 'allow' OR near_miss = 'allow')
        ),
        accepted (condition, is_wanted) AS (
            SELECT condition, true FROM lookup WHERE unknown_runtime = 'allow' AND near_miss = 'allow'
            UNION ALL
            SELECT condition, is_wanted AND (unknown_runtime <> 'allow' OR near_miss <> 'allow') FROM stricter
            UNION ALL
            -- As 0.2.0 created it. The guard itself tells a runtime that is unknown from one that lists no model.
            SELECT format('or(%s,isnull(default_model(2.%s)))', condition, runtime), false FROM lookup WHERE near_miss = 'allow'
        )
    SELECT array_agg(condition ORDER BY is_wanted DESC, condition) FROM accepted
$$;
COMMENT ON FUNCTION routable.wanted_conditions(smallint, smallint, text, text) IS
    'internal: what the condition of the last word can be, as routable.condition() shows it';
