# What one client sends, without end: changes of runtime and model, of which some are legal, in many forms of statement.
# Usage: awk -v seed=1 -f tests/stress/writer.awk

function one_of(list,    words) { return words[int(rand() * split(list, words, " ")) + 1] }
function runtime() { return one_of("claude-code hermes codex elsewhere") }
function model() { return one_of("moonshot/kimi-k2.6 anthropic/claude-opus-4-7 gpt-5.5 sonnet moonshot/kimi-k2.5 nonsense") }
function id() { return int(rand() * 8) + 1 }
function update(table, value) { return sprintf("UPDATE %s SET %s WHERE id = %d;", table, value, id()) }

function setting(key, value) {
    return sprintf("UPDATE documents SET settings = settings || '{\"%s\": \"%s\"}' WHERE id = %d;", key, value, id())
}
# Of the agent's models, three by their purpose, the rows come and go.
function insert_model(of_agent) {
    return sprintf("INSERT INTO agent_models SELECT id, %d, %s, '%s' FROM agents WHERE id = %d %s;", rand() * 3, of_agent, model(), id(), \
        "ON CONFLICT (agent_id, purpose) DO UPDATE SET model = excluded.model")
}

# Changes of documents, and of agents and their models.
function change_of_recipes(    kind, other, agent) {
    kind = rand()
    if (kind < 0.20) return setting("runtime", runtime())
    if (kind < 0.40) return setting("model", model())
    if (kind < 0.43) return setting("modle", model())
    if (kind < 0.46) return "UPDATE documents SET settings = settings - '" one_of("model runtime") "' WHERE id = " id() ";"
    if (kind < 0.62) return sprintf("UPDATE agents SET runtime = '%s' WHERE id = %d;", runtime(), id())
    if (kind < 0.78) return sprintf("UPDATE agent_models SET model = '%s' WHERE agent_id = %d;", model(), id())
    if (kind < 0.88) return insert_model("runtime")
    if (kind < 0.90) return insert_model("'" runtime() "'")
    if (kind < 0.94) return sprintf("DELETE FROM agent_models WHERE agent_id = %d AND purpose = %d;", id(), rand() * 3)
    other = runtime()
    agent = id()
    return sprintf("WITH model AS (UPDATE agent_models SET runtime = '%s', model = '%s' WHERE agent_id = %d) UPDATE agents SET runtime = '%s' WHERE id = %d;", \
        other, model(), agent, other, agent)
}

# The runtime and the model of an agent in two statements, judged at the commit where the guard can be deferred.
function change_of_both(    agent) {
    agent = id()
    return sprintf("BEGIN;\nSET CONSTRAINTS ALL DEFERRED;\nUPDATE agents SET runtime = '%s' WHERE id = %d;\nUPDATE agent_models SET model = '%s' WHERE agent_id = %d;\nCOMMIT;", \
        runtime(), agent, model(), agent)
}

function change(    table, kind) {
    if (rand() < 0.3) return change_of_recipes()
    table = one_of("workspaces fleet")
    kind = rand()
    if (kind < 0.25) return update(table, "runtime = '" runtime() "'")
    if (kind < 0.50) return update(table, "model = '" model() "'")
    if (kind < 0.60) return update(table, "runtime = '" runtime() "', model = '" model() "'")
    if (kind < 0.65) return update(table, "note = '" rand() "'")
    if (kind < 0.72) return update("fleet", "region = 3 - region, runtime = '" runtime() "'")
    if (kind < 0.79) return sprintf("EXECUTE set_runtime('%s', %d);", runtime(), id())
    if (kind < 0.86) return sprintf("EXECUTE set_model('%s', %d);", model(), id())
    if (kind < 0.92) return sprintf("INSERT INTO workspaces VALUES (%d, '%s', '%s') ON CONFLICT (id) DO UPDATE SET model = excluded.model;", id(), runtime(), model())
    if (kind < 0.94) return sprintf("UPDATE %s SET runtime = '%s';", table, runtime())
    if (kind < 0.96) return sprintf("DELETE FROM workspaces WHERE id = %d;", id())
    if (kind < 0.98) return sprintf("COPY workspaces (id, runtime, model) FROM STDIN;\n%d\t%s\t%s\n\\.", id(), runtime(), model())
    return sprintf("SELECT id FROM %s WHERE id = %d FOR UPDATE;", table, id())
}

BEGIN {
    srand(seed)
    # After an error a transaction goes on, with what was legal of it.
    print "\\set ON_ERROR_ROLLBACK on"
    print "PREPARE set_runtime AS UPDATE workspaces SET runtime = $1 WHERE id = $2;"
    print "PREPARE set_model AS UPDATE fleet SET model = $1 WHERE id = $2;"
    for (;;) {
        kind = rand()
        if (kind < 0.66) print change()
        else if (kind < 0.70) print change_of_both()
        else printf "BEGIN;\n%s\n%s\n%s\n", change(), change(), rand() < 0.8 ? "COMMIT;" : "ROLLBACK;"
    }
}
