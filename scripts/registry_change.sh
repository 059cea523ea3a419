# A change of the built-in registry from end to end: what it would strand is asked before it is built, and found after. The new
# registry is a copy of providers.yaml in which one id is withdrawn. To be sourced after suites.sh.

# Builds the library with the new registry, and sets changed_package to where it is. Before the shipped registry's build.
build_changed_registry() {
    changed_registry=$cache/withdrawn.yaml
    sed 's/^          - kimi-k2$/        withdrawn_models: [kimi-k2]/' providers.yaml >"$changed_registry"
    MODEL_ROUTABLE_PROVIDERS=$changed_registry build_extension withdrawn
    changed_package=$package
}

registry_change_suite() {
    local libraries old_session told
    libraries=$("$pg_config" --pkglibdir)
    say "An id is withdrawn, from diff --pairs to the new library"
    "$bindir/createdb" changed
    psql -d changed -q -v ON_ERROR_STOP=1 >/dev/null <<'END'
CREATE EXTENSION model_routable;
CREATE TABLE workspaces (id int GENERATED ALWAYS AS IDENTITY, name text, runtime text, model text);
INSERT INTO workspaces (runtime, model)
    SELECT runtime, model FROM (VALUES (12, 'claude-code', 'kimi-k2'), (1, 'claude-code', ' kimi-k2'), (1, 'claude-code', E'kimi-k2\n'),
        (9, 'claude-code', 'kimi-k2.5'), (2, 'hermes', 'kimi-k2'), (2, 'langgraph', 'kimi-k2'), (3, 'claude-code', 'Kimi-K2'),
        (3, 'claude-code', 'kimi-k2,"x"'), (4, NULL, 'kimi-k2'), (4, 'claude-code', NULL), (5, 'hermes', 'anthropic/claude-opus-4-7'))
        AS pair (rows, runtime, model), generate_series(1, rows);
SELECT routable.attach('workspaces');
END

    # Before: the command of docs/adopting.md.
    psql -d changed --csv -c 'SELECT runtime, model, count(*) FROM workspaces GROUP BY runtime, model' |
        model_routable diff providers.yaml "$changed_registry" --pairs /dev/stdin >"$work/told" || true
    told=$(sed -n '/stored pair/,$p' "$work/told" | sort)
    check_answer "diff --pairs names exactly the stored pairs that use the withdrawn id" "$told" "$(sort <<'END'
3 stored pairs would be stranded, in 14 rows
  "claude-code" "kimi-k2": 12 rows (MODEL_WITHDRAWN)
  "claude-code" " kimi-k2": 1 row (MODEL_WITHDRAWN)
  "claude-code" "kimi-k2\n": 1 row (MODEL_WITHDRAWN)
END
    )"

    # The new libraries take the place of the old ones, as make install does it.
    local old_answers=$work/old_session
    mkfifo "$work/old_session.in"
    psql -d changed -qAt <"$work/old_session.in" >"$old_answers" 2>&1 &
    old_session=$!
    exec 8>"$work/old_session.in"
    echo "SELECT model_routable('claude-code', 'kimi-k2');" >&8
    until [ -s "$old_answers" ] || ! kill -0 $old_session 2>/dev/null; do sleep 0.1; done
    # A file's time counts in seconds.
    sleep 1.1
    install -m 755 "$changed_package$libraries"/*.so "$work/install$libraries"
    check_query "monitoring finds the session that has the former library" \
        "SELECT count(*) FROM ($(sed -n '/^-- Sessions from before/,/;$/{/^--/d; s/;$//; p}' docs/operations.md)) AS older" 1
    echo "SELECT model_routable('claude-code', 'kimi-k2');" >&8
    echo "INSERT INTO workspaces (name, runtime, model) VALUES ('old session', 'claude-code', 'kimi-k2');" >&8
    exec 8>&-
    wait $old_session || true
    check_answer "a session from before goes on with the registry that it began with" "$(cat "$old_answers")" "t
t"
    check_query "a new connection has the new registry, without a statement" \
        "SELECT code, provider FROM routable.explain('claude-code', 'kimi-k2')" "MODEL_WITHDRAWN|kimi-coding"
    check_query "routable.registry has the SHA-256 of the new file" \
        "SELECT sha256 FROM routable.registry" "$(sha256sum "$changed_registry" | cut -d ' ' -f 1)"
    check_query "the view shows the id as withdrawn" \
        "SELECT runtime, model, status FROM routable.models WHERE status = 'withdrawn'" "claude-code|kimi-k2|withdrawn"
    check_query "audit finds what diff --pairs had named, and what was stored since" \
        "SELECT rows, to_json(model) FROM routable.audit() WHERE code = 'MODEL_WITHDRAWN' ORDER BY rows DESC, model" '13|"kimi-k2"
1|" kimi-k2"
1|"kimi-k2\n"'
    check_query "a row that the withdrawal strands stays editable" \
        "UPDATE workspaces SET name = 'edited' WHERE name = 'old session' RETURNING model" "kimi-k2"
    check_query "the withdrawn id is not taken any more, and the error says that it was withdrawn" \
        "INSERT INTO workspaces (runtime, model) VALUES ('claude-code', 'kimi-k2')" "ERROR:  model \"kimi-k2\" is not routable on runtime \"claude-code\": new row for relation \"workspaces\" violates check constraint \"workspaces_model_routable\"
DETAIL:  MODEL_WITHDRAWN: The model id has been withdrawn from the runtime and can no longer be selected.
HINT:  Runtime \"claude-code\" takes \"sonnet\", \"opus\", \"haiku\" and 27 more, and what matches its patterns. To list them: SELECT * FROM routable.models WHERE runtime = 'claude-code';"
    psql -d changed -q >/dev/null 2>&1 <<'END'
\set registry `cat providers.yaml`
SELECT routable.release(:'registry');
END
    check_query "a release is in force whatever is built in" \
        "SELECT source, model_routable('claude-code', 'kimi-k2') FROM routable.registry" "release|t"
    check_query "revert(0) puts what is built in in force" \
        "SET client_min_messages = warning; SELECT routable.revert(0); SELECT source, sha256 = built_in_sha256, model_routable('claude-code', 'kimi-k2') FROM routable.registry" '2
built in|t|f'
    check_query "the history has the SHA-256 of what was built in" \
        "SELECT sha256 FROM routable.releases WHERE number = 2" "$(sha256sum "$changed_registry" | cut -d ' ' -f 1)"
    install -m 755 "$package$libraries"/*.so "$work/install$libraries"
    "$bindir/dropdb" changed
}

# The command-line tool.
model_routable() {
    # shellcheck disable=SC2086 # empty is no argument
    cargo run -q -p registry $ignore_rust_version -- "$@"
}

# Usage: check_answer <what is proved> <answer> <what it has to be>
check_answer() {
    if [ "$2" = "$3" ]; then
        count ok "$1"
    else
        printf '%s\n' "$2" | tail -n 10 >&2
        count FAILED "$1"
    fi
}

# Usage: check_query <what is proved> <query> <what psql has to print>
check_query() {
    check_answer "$1" "$(psql -d changed -qAtc "$2" 2>&1 || true)" "$3"
}
