-- Stored expressions, told by what they are bound to: the same outline as the extension's, read from their text.

-- The outline of a node whose inner nodes are outlines already, each as type|outline between square brackets; NULL if no guard
-- has such a node.
CREATE FUNCTION routable.node_outline(node text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- A node within this one: its type, and its outline.
    inner_node CONSTANT text := '[[]([0-9]+)[|]([^] ]*)[]]';
    arguments CONSTANT text := '(?:<>|[(]((?:[[][0-9]+[|][^] ]*[]] ?)*)[)])';
    part text[];
BEGIN
    CASE substring(node FROM '^{([A-Z]+) ')
        WHEN 'VAR' THEN
            part := regexp_match(node, '^{VAR :varno ([0-9]+) :varattno (-?[0-9]+) :vartype ([0-9]+) ');
            RETURN format('%s|%s.%s', part[3], part[1], part[2]);
        WHEN 'BOOLEXPR' THEN
            part := regexp_match(node, '^{BOOLEXPR :boolop (and|or|not) :args ' || arguments || ' :location -?[0-9]+}$');
            RETURN '16|' || part[1] || '(' || routable.outlines(coalesce(part[2], '')) || ')';
        WHEN 'FUNCEXPR' THEN
            part := regexp_match(node, '^{FUNCEXPR :funcid ([0-9]+) :funcresulttype ([0-9]+) :funcretset [a-z]+ :funcvariadic [a-z]+ '
                ':funcformat [0-9]+ :funccollid [0-9]+ :inputcollid [0-9]+ :args ' || arguments || ' :location -?[0-9]+}$');
            -- PostgreSQL's own casts of char(n) and name to text.
            IF part[1]::oid IN ('text(bpchar)'::regprocedure, 'text(name)'::regprocedure) THEN
                RETURN part[2] || '|' || (regexp_match(part[3], inner_node))[2];
            END IF;
            RETURN part[2] || '|' || part[1] || '(' || routable.outlines(coalesce(part[3], '')) || ')';
        WHEN 'NULLTEST' THEN
            part := regexp_match(node, '^{NULLTEST :arg ' || inner_node || ' :nulltesttype ([01]) ');
            RETURN '16|' || CASE part[3] WHEN '0' THEN 'isnull(' ELSE 'notnull(' END || part[2] || ')';
        WHEN 'RELABELTYPE' THEN
            part := regexp_match(node, '^{RELABELTYPE :arg ' || inner_node || ' :resulttype ([0-9]+) ');
            -- What becomes a char(n) loses the blanks at its end.
            IF routable.can_read(part[1]::oid::regtype) AND NOT (routable.base_type(part[3]::oid::regtype) = 'bpchar'::regtype
                    AND routable.base_type(part[1]::oid::regtype) <> 'bpchar'::regtype) THEN
                RETURN part[3] || '|' || part[2];
            END IF;
        WHEN 'COERCEVIAIO' THEN
            part := regexp_match(node, '^{COERCEVIAIO :arg ' || inner_node || ' :resulttype ([0-9]+) ');
            IF part[3]::oid = 'text'::regtype AND EXISTS (SELECT FROM pg_type
                    WHERE oid = routable.base_type(part[1]::oid::regtype) AND typtype = 'e') THEN
                RETURN part[3] || '|' || part[2];
            END IF;
        -- PostgreSQL 16 gave it the longer name.
        WHEN 'COLLATE', 'COLLATEEXPR' THEN
            part := regexp_match(node, '^{[A-Z]+ :arg ' || inner_node || ' :collOid ');
            RETURN part[1] || '|' || part[2];
        WHEN 'CONST' THEN
            part := regexp_match(node, '^{CONST :consttype 25 .* :constisnull false .*:constvalue [0-9]+ [[] '
                '(?:-?[0-9]+ 0 0 0|0 0 0 -?[0-9]+) ((?:[0-9]+ )*)[]]}$');
            -- What a guard says is plain words. Another text could pass for more than one argument.
            RETURN '25|''' || (SELECT coalesce(string_agg(CASE WHEN byte::integer BETWEEN 97 AND 122 THEN chr(byte::integer) ELSE ']' END,
                    '' ORDER BY position), '') FROM regexp_split_to_table(nullif(rtrim(part[1]), ''), ' ') WITH ORDINALITY AS bytes (byte, position)) || '''';
        ELSE
            RETURN NULL;
    END CASE;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION routable.node_outline(text) IS
    'internal: the outline of one node of a stored expression, with its type, whose inner nodes are outlines';

-- The outlines in a list of nodes that are outlines, as arguments.
CREATE FUNCTION routable.outlines(nodes text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(string_agg(node[1], ',' ORDER BY position), '')
    FROM regexp_matches(nodes, '[[][0-9]+[|]([^] ]*)[]]', 'g') WITH ORDINALITY AS found (node, position)
$$;
COMMENT ON FUNCTION routable.outlines(text) IS 'internal: the arguments of a node of a stored expression';

CREATE FUNCTION routable.expression_outline(expression pg_node_tree) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tree text := expression::text;
    node text;
    outline text;
BEGIN
    -- A backslash escapes what could pass for a node; square brackets of the expression itself are those of constants.
    IF octet_length(tree) > 16384 OR strpos(tree, chr(92)) > 0 OR strpos(tree, '|') > 0 THEN
        RETURN NULL;
    END IF;
    LOOP
        node := substring(tree FROM '{[^{}]*}');
        EXIT WHEN node IS NULL;
        outline := routable.node_outline(node);
        IF outline IS NULL OR strpos(outline, ']') > 0 THEN
            RETURN NULL;
        END IF;
        tree := replace(tree, node, '[' || outline || ']');
    END LOOP;
    RETURN substring(tree FROM '^[[][0-9]+[|]([^] ]*)[]]$');
END
$$;
COMMENT ON FUNCTION routable.expression_outline(pg_node_tree) IS
    'internal: a stored expression with functions by OID and columns by number; NULL if it has a part that no guard has';
