-- Which types of columns a guard reads, and how: those of which the text form is told without running code of the type's owner.

-- What a domain is over, or the type itself. In PL/pgSQL, which keeps the plans of what is asked of each row.
CREATE FUNCTION routable.base_type(type regtype) RETURNS regtype
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    base regtype := type;
    kind "char";
    under oid;
BEGIN
    LOOP
        SELECT typtype, typbasetype INTO kind, under FROM pg_type WHERE oid = base;
        IF NOT FOUND THEN
            RETURN NULL;
        ELSIF kind <> 'd' THEN
            RETURN base;
        END IF;
        base := under;
    END LOOP;
END
$$;
COMMENT ON FUNCTION routable.base_type(regtype) IS 'internal: what a domain is over, or the type itself';

CREATE FUNCTION routable.can_read(type regtype) RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    base CONSTANT regtype := CASE WHEN type IN ('text'::regtype, 'varchar'::regtype) THEN type ELSE routable.base_type(type) END;
BEGIN
    IF base IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'name'::regtype) THEN
        RETURN true;
    END IF;
    RETURN coalesce((
        SELECT CASE
            -- A cast of the type's own to text could tell the trigger's condition something else than the label.
            WHEN typtype = 'e' THEN NOT EXISTS (SELECT FROM pg_cast
                WHERE castsource = base AND casttarget = 'text'::regtype AND castmethod <> 'i')
            -- citext and other types that are text by another name.
            ELSE typcategory = 'S' AND typlen = -1 AND EXISTS (SELECT FROM pg_cast
                WHERE castsource = base AND casttarget = 'text'::regtype AND castmethod = 'b' AND castcontext = 'i')
        END FROM pg_type WHERE oid = base), false);
END
$$;
COMMENT ON FUNCTION routable.can_read(regtype) IS 'internal: whether a guard can read columns of the type';

-- Without a search_path of its own, since audit calls it for each row: so all names have their schema.
CREATE FUNCTION routable.column_text(value anyelement) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    type CONSTANT pg_catalog.regtype := pg_catalog.pg_typeof(value);
BEGIN
    IF type OPERATOR(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype
            OR type OPERATOR(pg_catalog.=) 'pg_catalog.varchar'::pg_catalog.regtype THEN
        RETURN value;
    ELSIF NOT routable.can_read(type) THEN
        RAISE EXCEPTION 'values of type % cannot be read as ids', type
            USING ERRCODE = 'datatype_mismatch',
                DETAIL = 'The guard reads text, varchar, char(n), citext, name, enums without a cast to text, and domains over these.';
    ELSIF routable.base_type(type) OPERATOR(pg_catalog.=) 'pg_catalog.bpchar'::pg_catalog.regtype THEN
        RETURN pg_catalog.rtrim(pg_catalog.format('%s', value), ' ');
    END IF;
    -- By the type's output and not by a cast.
    RETURN pg_catalog.format('%s', value);
END
$$;
COMMENT ON FUNCTION routable.column_text(anyelement) IS
    'a column''s value as a guard reads it: no cast or operator of the type''s owner takes part';
