# What the server's log says of the pairs that were stored in spite of a guard. To be sourced after suites.sh, with a
# server running.

# The line is for whoever reads the log: it names table, role, pair and code, whatever the client asked to be told, and
# comes once for each distinct pair of a statement.
log_suite() {
    local log=$work/data/server.log
    say "The server's log"
    "$bindir/createdb" logged
    psql -d logged -q >"$work/logged" 2>&1 <<'END' || true
CREATE EXTENSION model_routable;
CREATE SCHEMA app;
CREATE TABLE app.agents (id int, runtime text, model text);
CREATE ROLE regress_model_routable_logged;
GRANT USAGE ON SCHEMA app TO regress_model_routable_logged;
GRANT INSERT, UPDATE (runtime) ON app.agents TO regress_model_routable_logged;
SELECT routable.attach('app.agents', on_mismatch => 'warn');
INSERT INTO app.agents VALUES (1, 'claude-code', 'sonnet'), (2, 'claude-code', 'sonnet');
SET client_min_messages = error;
SET ROLE regress_model_routable_logged;
UPDATE app.agents SET runtime = 'hermes';
INSERT INTO app.agents VALUES (3, 'codex', E'forged"\nLOG:  nothing happened');
RESET ROLE;
SELECT routable.attach('app.agents');
SET model_routable.enforcement = 'warn';
UPDATE app.agents SET runtime = 'codex' WHERE id < 3;
RESET model_routable.enforcement;
UPDATE app.agents SET runtime = 'openclaw' WHERE id = 1;
DROP TABLE app.agents;
DROP SCHEMA app;
DROP ROLE regress_model_routable_logged;
END
    check_log "a pair that warn stores is one line of the log, with table, role, pair and code" \
        'LOG:  unroutable pair stored in relation "app\.agents" by role "regress_model_routable_logged": runtime "hermes", model "sonnet", UNREGISTERED_MODEL_FOR_RUNTIME$' 1
    check_log "an id cannot forge a line of the log" '^LOG:  nothing happened' 0
    check_log "an id with a line's end in it is logged in one line" \
        'LOG:  unroutable pair stored .* runtime "codex", model "forged\\"\\nLOG:  nothing happened", UNREGISTERED_MODEL_FOR_RUNTIME$' 1
    check_log "what the enforcement parameter lets through is logged with the role that set it" \
        'LOG:  unroutable pair stored in relation "app\.agents" by role "postgres": runtime "codex", model "sonnet", UNREGISTERED_MODEL_FOR_RUNTIME$' 1
    count "$(grep -q '^WARNING' "$work/logged" && echo FAILED || echo ok)" "a client that asks for errors only gets no warning"
    "$bindir/dropdb" logged
}

# Usage: check_log <what is proved> <pattern of a line> <how often it has to come>
check_log() {
    if [ "$(grep -cE "$2" "$log")" = "$3" ]; then
        count ok "$1"
    else
        grep 'unroutable pair stored' "$log" | tail -n 5 >&2
        count FAILED "$1"
    fi
}
