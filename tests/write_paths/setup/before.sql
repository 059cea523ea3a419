-- Runs before each path: a schema of its own, the first in the search_path of all its sessions.
\set ON_ERROR_STOP on
DROP SERVER IF EXISTS loopback CASCADE;
DROP SCHEMA IF EXISTS path CASCADE;
CREATE SCHEMA path;
\set ON_ERROR_STOP off
