CREATE FUNCTION routable.guard() RETURNS trigger
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'model_routable_guard';
COMMENT ON FUNCTION routable.guard() IS
    'trigger function that refuses a row whose (runtime, model) pair is not routable; routable.attach() puts it on a table';

CREATE FUNCTION routable.can_read(type regtype) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'model_routable_can_read';
COMMENT ON FUNCTION routable.can_read(regtype) IS 'internal: whether a guard can read columns of the type';
