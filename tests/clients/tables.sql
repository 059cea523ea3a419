-- The tables of every client: workspaces, written by a role that does not own them.
CREATE TABLE workspaces (
    id      bigint PRIMARY KEY,
    name    text NOT NULL,
    runtime text NOT NULL,
    model   text NOT NULL
);
SELECT routable.attach('workspaces');
GRANT SELECT, INSERT, UPDATE, DELETE ON workspaces TO app;
