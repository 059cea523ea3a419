SELECT * FROM routable.runtimes;
SELECT * FROM routable.providers LIMIT 3;
SELECT * FROM routable.models WHERE runtime = 'google-adk';
-- An id that several providers list has a row for each.
SELECT * FROM routable.models WHERE runtime = 'codex' AND model IN ('gpt-5.5', 'gpt-5.2');
SELECT runtime, count(model) AS models, count(pattern) AS patterns FROM routable.models GROUP BY 1 ORDER BY 1;
SELECT schema_version, length(sha256) AS sha256, runtimes, providers, models, extension_version = extversion AS this_version
FROM routable.registry, pg_extension WHERE extname = 'model_routable';

-- Every offered id is routable on its runtime, and the default is one of them.
SELECT status, count(*) FROM routable.models GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM routable.models WHERE status <> 'withdrawn' AND NOT model_routable(runtime, model);
SELECT count(*) FROM routable.runtimes WHERE NOT model_routable(runtime, default_model);

-- A query for a picker: what can be selected, in the registry's order.
SELECT model, billing, status = 'default' AS selected,
       (SELECT display_name FROM routable.providers WHERE providers.provider = models.provider) AS provider
FROM routable.models WHERE runtime = 'google-adk' AND status <> 'withdrawn';

-- Every object of the extension has a comment, and so has every column of a view.
SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'routable'::regnamespace AND relkind <> 'i' AND attnum > 0 AND col_description(attrelid, attnum) IS NULL;
SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'model_routable')
  AND deptype = 'e' AND classid <> 'pg_type'::regclass AND obj_description(objid, classid::regclass::name) IS NULL;

-- Every role may read them.
CREATE ROLE regress_model_routable_reader;
SET ROLE regress_model_routable_reader;
SELECT count(*) > 0 AS may_read FROM routable.models, routable.runtimes, routable.providers, routable.registry;
SELECT code FROM routable.explain('hermes', 'x');
SELECT model_routable('hermes', 'x'), routable.derive_provider('codex', 'gpt-5.5'), routable.default_model('hermes');
SELECT count(*) AS guards FROM routable.guards;
SELECT routable.is_guarded('pg_class');
RESET ROLE;
DROP ROLE regress_model_routable_reader;
