\set SHOW_CONTEXT never
CREATE TABLE workspaces (runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES ('hermes', E'x" is fine\nERROR:  forged\r\t\\ \x01\x7f');
INSERT INTO workspaces VALUES ('hermes', E'a\u202Eb\u200Bc\u2028d\u0085e\uFEFFf');
INSERT INTO workspaces VALUES ('hermes', 'sonnet''; DROP TABLE workspaces; --');
DROP TABLE workspaces;
