-- Runs first, in the database of all tests. All other tests create their own tables and drop them.
CREATE EXTENSION model_routable;
