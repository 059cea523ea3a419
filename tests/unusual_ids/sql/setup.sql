-- Runs first, in the database of all tests. Everything else makes its own tables and drops them.
CREATE EXTENSION model_routable;
