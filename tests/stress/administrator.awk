# What somebody who alters the tables sends, without end. None of it leaves a moment without an enforcing guard that
# another session could see.
# Usage: awk -v seed=1 -f tests/stress/administrator.awk

function one_of(first, second) { return rand() < 0.5 ? first : second }

BEGIN {
    srand(seed)
    for (;;) {
        table = one_of("workspaces", "fleet")
        kind = int(rand() * 10)
        if (kind < 3) {
            before_update = one_of("true", "false")
            printf "SELECT routable.attach('%s', on_mismatch => '%s', unknown_runtime => '%s', before_update => %s, replicas => %s);\n", \
                table, before_update == "true" ? one_of("raise", "reset") : "raise", one_of("allow", "deny"), before_update, one_of("true", "false")
        } else if (kind == 3) {
            printf "SELECT routable.attach('%s', mechanism => '%s');\n", table, one_of("trigger", "check")
        } else if (kind == 4) {
            printf "ALTER TABLE %s ADD COLUMN extra_%d int DEFAULT 1;\nALTER TABLE %s DROP COLUMN extra_%d;\n", table, seed, table, seed
        } else if (kind == 5) {
            printf "ALTER TABLE %s ALTER COLUMN note TYPE %s;\n", table, one_of("text", "varchar")
        } else if (kind == 6) {
            printf "BEGIN;\nALTER TABLE %s DISABLE TRIGGER ALL;\nUPDATE %s SET runtime = 'hermes', model = 'nonsense' WHERE id = 1;\nROLLBACK;\n", table, table
        } else if (kind == 7) {
            printf "BEGIN;\nSELECT routable.detach('%s');\nALTER TABLE %s RENAME COLUMN runtime TO engine;\nALTER TABLE %s RENAME COLUMN engine TO runtime;\nSELECT routable.attach('%s');\nCOMMIT;\n", \
                table, table, table, table
        } else if (kind == 8) {
            printf "SELECT routable.attach('%s', unknown_runtime => '%s', before_update => false, replicas => %s, deferral => '%s');\n", \
                one_of("documents", "agent_models"), one_of("allow", "deny"), one_of("true", "false"), one_of("no", one_of("immediate", "deferred"))
        } else {
            print "BEGIN;\nALTER TABLE fleet DETACH PARTITION fleet_2;\nALTER TABLE fleet ATTACH PARTITION fleet_2 FOR VALUES IN (2);\nCOMMIT;"
        }
        print "SELECT pg_sleep(0.02);"
    }
}
