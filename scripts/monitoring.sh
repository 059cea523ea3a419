# The queries of docs/operations.md, "Monitoring", as they stand there. To be sourced after suites.sh and
# registry_change.sh, with a server running.

monitoring_suite() {
    say "The monitoring queries of docs/operations.md"
    "$bindir/createdb" monitored
    psql -d monitored -q -v ON_ERROR_STOP=1 >/dev/null <<'END'
CREATE EXTENSION model_routable;
CREATE SCHEMA app;
CREATE TABLE workspaces (runtime text, model text);
CREATE TABLE app.agents (runtime text, model text);
SELECT routable.attach('workspaces'), routable.attach('app.agents');
END
    check_answer "they have no row while all is well" "$(monitoring_answers)" ""
    psql -d monitored -q -v ON_ERROR_STOP=1 >/dev/null <<'END'
ALTER TABLE workspaces DISABLE TRIGGER model_routable_final;
INSERT INTO workspaces VALUES ('hermes', 'anthropic/claude-opus-4-7');
DROP TABLE app.agents;
CREATE TABLE app.agents (runtime text, model text);
\set registry `cat tests/migrations/psql/providers.yaml`
SET client_min_messages = warning;
SELECT routable.release(:'registry', 'before the library');
END
    check_answer "a release is nothing to tell of" "$(monitoring_answers | grep -c 'before the library')" 0
    # A file's time counts in seconds.
    sleep 1.1
    touch "$work/install$("$pg_config" --pkglibdir)/model_routable.so"
    check_answer "they find a disabled guard, a table without one, a bad pair, and a library that is newer than the release" \
        "$(monitoring_answers)" '1|before the library
app.agents
app.agents
hermes|anthropic/claude-opus-4-7|1|UNREGISTERED_MODEL_FOR_RUNTIME
public.workspaces
workspaces
workspaces|disabled|{"The trigger \"model_routable_final\", which has the last word, is disabled."}'
    "$bindir/dropdb" monitored
}

# What the queries print, sorted.
monitoring_answers() {
    sed -n '/^## Monitoring$/,/^## /p' docs/operations.md | sed -n '/^```sql$/,/^```$/{/^```/d; p}' |
        psql -d monitored -qAt 2>&1 | LC_ALL=C sort
}
