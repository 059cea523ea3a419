CREATE EXTENSION IF NOT EXISTS model_routable;
SELECT routable.attach('workspaces');
