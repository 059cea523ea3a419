-- The SQL that docs/managed.md shows. tests/edition/test_managed.py runs each region as the role that the page names.

-- docs begin owner
CREATE ROLE model_routable_owner NOLOGIN;
GRANT CREATE ON DATABASE app TO model_routable_owner;
-- docs end owner

-- docs begin guard
CREATE TABLE workspaces (id bigint PRIMARY KEY, name text, runtime text NOT NULL, model text);
SELECT routable.attach('workspaces');
-- docs end guard

-- docs begin lock
GRANT UPDATE ON workspaces TO model_routable_owner;
-- docs end lock

-- docs begin revert
SELECT number, released_at, released_by, note FROM routable.releases;
SELECT routable.revert();
SELECT routable.revert(1, 'as it was on Monday');
-- docs end revert

-- docs begin to_extension
CREATE EXTENSION model_routable VERSION 'sql';
ALTER EXTENSION model_routable UPDATE;
-- docs end to_extension

-- docs begin guarded
SELECT relation, model_column FROM routable.guards;
-- docs end guarded

-- docs begin removal
SELECT routable.detach('workspaces');
-- docs end removal

-- docs begin objects
DROP SCHEMA routable CASCADE;
DROP FUNCTION IF EXISTS model_routable(text, text);
-- docs end objects
