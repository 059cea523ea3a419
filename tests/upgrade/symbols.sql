-- Each symbol of the library that SQL calls, with the arguments and columns that SQL declares for it.
SELECT prosrc || ' ' || pg_get_function_arguments(pg_proc.oid) || ' -> ' || pg_get_function_result(pg_proc.oid)
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
    WHERE lanname = 'c' AND probin ~ 'model_routable(_reader)?$' ORDER BY 1;
