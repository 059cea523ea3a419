# What one client sends, without end: changes of runtime and model, of which some are legal, in many forms of statement.
# Usage: awk -v seed=1 -f tests/stress/writer.awk

function one_of(list,    words) { return words[int(rand() * split(list, words, " ")) + 1] }
function runtime() { return one_of("claude-code hermes codex elsewhere") }
function model() { return one_of("moonshot/kimi-k2.6 anthropic/claude-opus-4-7 gpt-5.5 sonnet moonshot/kimi-k2.5 nonsense") }
function id() { return int(rand() * 8) + 1 }
function update(table, value) { return sprintf("UPDATE %s SET %s WHERE id = %d;", table, value, id()) }

function change(    table, kind) {
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
        if (rand() < 0.7) print change()
        else printf "BEGIN;\n%s\n%s\n%s\n", change(), change(), rand() < 0.8 ? "COMMIT;" : "ROLLBACK;"
    }
}
