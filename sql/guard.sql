CREATE FUNCTION routable.guard() RETURNS trigger
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'model_routable_guard';
COMMENT ON FUNCTION routable.guard() IS
    'trigger function that refuses a row whose (runtime, model) pair is not routable; routable.attach() puts it on a table';

CREATE FUNCTION routable.can_read(type regtype) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'model_routable_can_read';
COMMENT ON FUNCTION routable.can_read(regtype) IS 'internal: whether a guard can read columns of the type';

-- What the functions in SQL ask of the guard, so that its own reading decides and not a second one.

CREATE FUNCTION routable.guard_settings(
    trigger text,
    arguments bytea,
    OUT runtime_column text,
    OUT model_column text,
    OUT constraint_name text,
    OUT on_mismatch text,
    OUT unknown_runtime text,
    OUT near_miss text,
    OUT replicas boolean,
    OUT fault text
) RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'guard_settings_wrapper';
COMMENT ON FUNCTION routable.guard_settings(text, bytea) IS
    'internal: the settings in pg_trigger.tgargs, or the fault for which every call of the trigger is an error';

CREATE FUNCTION routable.expression_outline(expression pg_node_tree) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'expression_outline_wrapper';
COMMENT ON FUNCTION routable.expression_outline(pg_node_tree) IS
    'internal: a stored expression with functions by OID and columns by number; NULL if it has a part that no guard has';

CREATE FUNCTION routable.column_text(value "any") RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'column_text_wrapper';
COMMENT ON FUNCTION routable.column_text("any") IS
    'a column''s value as a guard reads it: no cast or operator of the type''s owner takes part';
