\set SHOW_CONTEXT never
CREATE TABLE workspaces (runtime text, model text);
SELECT routable.attach('workspaces');
INSERT INTO workspaces VALUES ('hermes', E'x" is fine\nERROR:  forged\r\t\\ \x01\x7f');
INSERT INTO workspaces VALUES ('hermes', E'a\u202Eb\u200Bc\u2028d\u0085e\uFEFFf');
INSERT INTO workspaces VALUES ('hermes', E'a\uFE00b\uFE0Fc\U000E0100d\u0600e\u08E2f\U000110BDg\U0001D173h\u0301i\u3164j\u2800k\u00A0l');
INSERT INTO workspaces VALUES ('hermes', 'sonnet''; DROP TABLE workspaces; --');
-- The arguments of a trigger cannot either.
CREATE TRIGGER hand_made BEFORE INSERT ON workspaces FOR EACH ROW EXECUTE FUNCTION routable.guard(E'colour=blue"\nERROR:  forged');
INSERT INTO workspaces VALUES ('hermes', 'x');
DROP TABLE workspaces;
