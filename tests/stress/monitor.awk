# What a monitor sends: a table without a guard is an error (P0001), a bad pair that it sees a division by zero (22012).
# Usage: awk -f tests/stress/monitor.awk

BEGIN {
    for (;;) {
        print "SELECT expect_guard('workspaces'), expect_guard('fleet'), expect_guard('documents'), expect_guard('agent_models');"
        print "SELECT relation, state FROM routable.guards;"
        print "SELECT 1 / (count(*) = 0)::int FROM workspaces WHERE NOT model_routable(runtime, model);"
        print "SELECT 1 / (count(*) = 0)::int FROM fleet WHERE NOT model_routable(runtime, model);"
        print "SELECT 1 / (count(*) = 0)::int FROM documents WHERE NOT model_routable(runtime, model);"
        print "SELECT 1 / (count(*) = 0)::int FROM agents_with_models WHERE NOT model_routable(runtime, model);"
        print "SELECT pg_sleep(0.05);"
    }
}
