-- Several COPYs at once
CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
INSERT INTO workspaces VALUES (1, 'claude-code', 'anthropic/claude-opus-4-7'), (2, 'claude-code', 'moonshot/kimi-k2.6');
SELECT guard('workspaces');

-- Each of four sessions loads a thousand rows, and then a thousand with a bad one among them.
\! for i in 1 2 3 4; do seq ${i}0001 ${i}1000 | sed 's/$/\thermes\tmoonshot\/kimi-k2.6\tlegitimate/' | psql -qc 'COPY workspaces FROM stdin' & done; wait
\! for i in 1 2 3 4; do seq ${i}5001 ${i}6000 | sed 's/$/\thermes\tmoonshot\/kimi-k2.6\t\\N/;700s/moonshot.kimi-k2.6/opus/' | psql -qv VERBOSITY=sqlstate -c 'COPY workspaces FROM stdin' & done; wait

SELECT count(*) FILTER (WHERE NOT model_routable(runtime, model)) AS bad_pairs,
    4000 - count(*) FILTER (WHERE note = 'legitimate') AS false_refusals FROM workspaces;
