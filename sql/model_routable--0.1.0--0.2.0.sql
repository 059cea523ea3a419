\echo Use "ALTER EXTENSION model_routable UPDATE TO '0.2.0'" to load this file. \quit

SET LOCAL search_path = pg_catalog, pg_temp;
