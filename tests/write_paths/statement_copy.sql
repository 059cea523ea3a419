-- COPY
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

COPY workspaces FROM stdin;
3	hermes	anthropic/claude-opus-4-7	\N
\.
COPY workspaces FROM stdin;
4	hermes	moonshot/kimi-k2.6	legitimate
\.

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    1 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
