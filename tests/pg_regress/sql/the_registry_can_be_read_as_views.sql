SELECT * FROM routable.runtimes;
SELECT * FROM routable.providers LIMIT 3;
SELECT model, pattern, provider, billing, is_default FROM routable.models WHERE runtime = 'google-adk';
SELECT runtime, count(model) AS models, count(pattern) AS patterns FROM routable.models GROUP BY 1 ORDER BY 1;
SELECT schema_version, length(sha256) AS sha256, runtimes, providers, models, extension_version = extversion AS this_version
FROM routable.registry, pg_extension WHERE extname = 'model_routable';

-- Every offered id is routable on its runtime, and the default is one of them.
SELECT count(*) FROM routable.models WHERE NOT withdrawn AND NOT model_routable(runtime, model);
SELECT count(*) FROM routable.runtimes WHERE NOT model_routable(runtime, default_model);

-- Every object of the extension says what it is. From PostgreSQL 18 on, the row types of views are among its objects.
SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'model_routable')
  AND deptype = 'e' AND classid <> 'pg_type'::regclass AND obj_description(objid, classid::regclass::name) IS NULL;

-- And everybody may ask.
CREATE ROLE regress_model_routable_reader;
SET ROLE regress_model_routable_reader;
SELECT count(*) > 0 AS may_read FROM routable.models, routable.runtimes, routable.providers, routable.registry;
SELECT code FROM routable.explain('hermes', 'x');
RESET ROLE;
DROP ROLE regress_model_routable_reader;
