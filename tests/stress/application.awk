# What one client sends, without end, where the application checks: it reads the row, has the pair that it is about to
# make validated, and writes where that is routable, each in a statement of its own.
# Usage: awk -v seed=1 -f tests/stress/application.awk

BEGIN {
    srand(seed)
    runtimes = split("claude-code hermes codex elsewhere", runtime, " ")
    models = split("moonshot/kimi-k2.6 anthropic/claude-opus-4-7 gpt-5.5 sonnet moonshot/kimi-k2.5 nonsense", model, " ")
    for (;;) {
        id = int(rand() * 8) + 1
        printf "SELECT runtime, model FROM checked_by_application WHERE id = %d \\gset\n", id
        if (rand() < 0.5) {
            value = runtime[int(rand() * runtimes) + 1]
            column = "runtime"
            printf "SELECT model_routable('%s', :'model') AS fine \\gset\n", value
        } else {
            value = model[int(rand() * models) + 1]
            column = "model"
            printf "SELECT model_routable(:'runtime', '%s') AS fine \\gset\n", value
        }
        printf "\\if :fine\nUPDATE checked_by_application SET %s = '%s' WHERE id = %d;\n\\endif\n", column, value, id
    }
}
