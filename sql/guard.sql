CREATE FUNCTION routable.guard() RETURNS trigger
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'model_routable_guard';
COMMENT ON FUNCTION routable.guard() IS
    'trigger function that refuses a row whose (runtime, model) pair is not routable; routable.attach() puts it on a table';
