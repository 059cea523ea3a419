CREATE TABLE workspaces (
    id      bigint PRIMARY KEY,
    name    text NOT NULL,
    runtime text NOT NULL,
    model   text NOT NULL
);
