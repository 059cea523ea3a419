# The kinds of tests. Each prints a line for what it proved or not, and counts it in passed and failed. To be sourced
# after server.sh.

count() {
    if [ "$1" = ok ]; then
        passed=$((passed + 1))
        printf '  \033[32mok\033[0m      %s\n' "$2"
    else
        failed=$((failed + 1))
        printf '  \033[31mFAILED\033[0m  %s\n' "$2"
    fi
}

# The pure tests: no PostgreSQL takes part.
rust_suite() {
    local log=$cache/cargo-test.log name result
    say "Pure tests of the registry (log: $log)"
    # shellcheck disable=SC2086 # empty is no argument
    cargo test -p registry $ignore_rust_version --no-fail-fast >"$log" 2>&1 </dev/null || true
    while read -r name result; do
        count "$result" "$name"
    done < <(sed -n 's/^test \(.*\) \.\.\. \(ok\|FAILED\)$/\1 \2/p' "$log" | sed 's/ - should panic//')
    # Tests that do not compile, or none at all, must not pass for tests that pass.
    if ! grep -q '^test result:' "$log" || grep -q '^error' "$log"; then
        tail -n 40 "$log" >&2
        count FAILED "the tests of the registry compile and run"
    fi
}

# SQL against the server, compared with what was expected. Usage: regress <program> <folder> <kind> <tests>
regress() {
    local program=$1 folder=$2 log name
    log=$cache/$(basename "$program").log
    # What the tests print is kept: a new expected output is read there, then copied.
    local results=$cache/results/$folder
    shift 2
    rm -rf "$results"
    mkdir -p "$results"
    "$(test_program "$program")" --bindir="$bindir" --inputdir="$folder" \
        --outputdir="$results" --dbname=contrib_regression --encoding=UTF8 --no-locale "$@" >"$log" 2>&1 </dev/null || true
    # PostgreSQL 16 and later report in the form of TAP.
    sed -n -e 's/^test \([^ ]*\) *\.\.\. \(ok\|FAILED\).*/\2 \1/p' \
        -e 's/^ok [0-9]* *[-+] \([^ ]*\) .*/ok \1/p' -e 's/^not ok [0-9]* *[-+] \([^ ]*\) .*/FAILED \1/p' "$log" >"$results/outcome"
    for name in "$@"; do
        case $name in --*) continue ;; esac
        count "$(awk -v name="$name" '$2 == name { print $1 }' "$results/outcome" | grep . || echo FAILED)" "$name"
    done
    if [ -s "$results/regression.diffs" ]; then cat "$results/regression.diffs" >&2; fi
}

# PostgreSQL 13 does not install its isolation tester; that of a later version does as well.
test_program() {
    find "$("$pg_config" --pkglibdir)/pgxs/src/test/$1" /usr/lib/postgresql/*/lib/pgxs/src/test/"$1" 2>/dev/null | head -n 1
}

# The names of the tests in a folder, of which each has an expected output. MERGE came with PostgreSQL 15.
tests_in() {
    local file
    for file in "$1"/*."$2"; do
        basename "$file" ".$2"
    done | grep -v '^setup$' | if [ "$major" -lt 15 ]; then grep -v '^merge_'; else cat; fi
}

pg_regress_suite() {
    local folder=tests/pg_regress
    say "SQL tests on PostgreSQL $major (pg_regress)"
    # shellcheck disable=SC2046 # names are words
    regress regress/pg_regress $folder setup $(tests_in $folder/sql sql)
}

isolation_suite() {
    local folder=tests/isolation
    say "Races on PostgreSQL $major (isolationtester)"
    # shellcheck disable=SC2046 # names are words
    regress isolation/pg_isolation_regress $folder --load-extension=model_routable $(tests_in $folder/specs spec)
}

# The reference answers, asked in SQL. Usage: conformance_suite <registry> <file of answers>
conformance_suite() {
    local answer
    say "Reference answers for the registry $1, asked in SQL"
    "$bindir/dropdb" --if-exists conformance 2>/dev/null
    "$bindir/createdb" conformance
    answer=$(psql -d conformance -qAt -v ON_ERROR_STOP=1 -v answers="$2" -f tests/conformance.sql 2>&1 || true)
    if [ "$answer" = "$(wc -l <"$2") asked, 0 wrong" ]; then
        count ok "every answer for the registry $1 is the reference answer ($answer)"
    else
        printf '%s\n' "$answer" | tail -n 20 >&2
        count FAILED "every answer for the registry $1 is the reference answer"
    fi
}

# The same for registries that are built in instead of the shipped one.
other_registries_suite() {
    local number folder=crates/registry/tests/conformance
    for number in "$@"; do
        MODEL_ROUTABLE_PROVIDERS=$repository/$folder/registry-$number.yaml build_extension "registry-$number"
        start_server
        conformance_suite "$number" "$folder/registry-$number.jsonl"
        stop_server
    done
}

# The demo's story, and whether it went as it is told.
demo_suite() {
    local story=$work/story
    say "The demo's story"
    tell_story >"$story" 2>&1 || true
    check_story "the legitimate switch succeeds" '^UPDATE 1$' 2
    check_story "the incident is refused with its code" '^ERROR:  23514: model "anthropic/claude-opus-4-7" is not routable on runtime "hermes": new row for relation "workspaces" violates check constraint "workspaces_model_routable"$' 3
    check_story "the incident's row is unchanged" '^  2 | code review | claude-code | anthropic/claude-opus-4-7$' 2
    check_story "the mistyped INSERT is refused with a suggestion" '^HINT:  Did you mean "sonnet"?' 1
    check_story "the second of two racing sessions is refused" '^COLUMN NAME:  model$' 2
    check_story "the race leaves a routable pair" '^  1 | support bot | hermes  | moonshot/kimi-k2.6$' 1
    if [ "$failed" != 0 ]; then cp "$story" "$cache/story.log"; fi
}

# Usage: check_story <what is proved> <pattern of a line> <how often it has to come>
check_story() {
    if [ "$(grep -c "$2" "$story")" = "$3" ]; then count ok "$1"; else count FAILED "$1"; fi
}
