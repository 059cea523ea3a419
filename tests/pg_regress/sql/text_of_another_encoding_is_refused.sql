\set SHOW_CONTEXT never
SELECT runtime_column, model_column, constraint_name
    FROM routable.guard_settings('t', '\x72756e74696d653d61006d6f64656c3d6200636f6e73747261696e743d6300');
SELECT length(runtime_column)
    FROM routable.guard_settings('t', '\x72756e74696d653dff006d6f64656c3d6200636f6e73747261696e743d6300');
