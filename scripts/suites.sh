# The kinds of tests. Each prints a line for what it proved or not, and counts it in passed and failed. To be sourced
# after server.sh.

failures=()

count() {
    if [ "$1" = ok ]; then
        passed=$((passed + 1))
        printf '  \033[32mok\033[0m      %s\n' "$2"
    else
        failed=$((failed + 1))
        failures+=("$2")
        printf '  \033[31mFAILED\033[0m  %s\n' "$2"
    fi
}

# Repeats what failed, because people read the end of a log first. Programs read the last line.
print_totals() {
    [ "$failed" = 0 ] || printf '  \033[31mFAILED\033[0m  %s\n' "${failures[@]}"
    echo "$passed passed, $failed failed"
}

# The pure tests, which need no PostgreSQL.
rust_suite() {
    local log=$cache/cargo-test.log name result
    say "Pure tests of the registry (log: $log)"
    # shellcheck disable=SC2086 # empty is no argument
    cargo test -p registry -p edition -p tool $ignore_rust_version --no-fail-fast >"$log" 2>&1 </dev/null || true
    while read -r name result; do
        count "$result" "$name"
    done < <(sed -n 's/^test \(.*\) \.\.\. \(ok\|FAILED\)$/\1 \2/p' "$log" | sed 's/ - should panic//')
    # Tests that do not compile, or no tests at all, are a failure.
    if ! grep -q '^test result:' "$log" || grep -q '^error' "$log"; then
        tail -n 40 "$log" >&2
        count FAILED "the tests of the registry compile and run"
    fi
}

# Runs SQL against the server, and compares what it prints with the expected output. Usage: regress <program> <folder> <kind> <tests>
regress() {
    local program=$1 folder=$2 log name
    log=$cache/$(basename "$program").log
    # What the tests print is kept here, to be read and copied as a new expected output.
    local results=$cache/results/$folder
    shift 2
    rm -rf "$results"
    mkdir -p "$results"
    "$(test_file "$program")" --bindir="$bindir" --inputdir="$folder" \
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

# The path of a file of PostgreSQL's test programs. 13 does not install its isolation tester, and 13 and 14 do not install the modules
# for TAP; those of a later version work too. Usage: test_file <path below src/test>
test_file() {
    find "$("$pg_config" --pkglibdir)/pgxs/src/test/$1" /usr/lib/postgresql/*/lib/pgxs/src/test/"$1" 2>/dev/null | head -n 1
}

# The names of the tests in a folder. PostgreSQL has MERGE since 15. Usage: tests_in <folder> <ending>
tests_in() {
    local file
    for file in "$1"/*."$2"; do
        basename "$file" ".$2"
    done | grep -v '^setup$' | if [ "$major" -lt 15 ]; then grep -v '^merge_'; else cat; fi
}

# Usage: pg_regress_suite [name...]
pg_regress_suite() {
    local folder=tests/pg_regress
    say "SQL tests on PostgreSQL $major (pg_regress)"
    # shellcheck disable=SC2046 # names are words
    if [ $# = 0 ]; then set -- $(tests_in $folder/sql sql); fi
    regress regress/pg_regress $folder setup "$@"
}

# Usage: isolation_suite [name...]
isolation_suite() {
    local folder=tests/isolation
    say "Races on PostgreSQL $major (isolationtester)"
    # shellcheck disable=SC2046 # names are words
    if [ $# = 0 ]; then set -- $(tests_in $folder/specs spec); fi
    regress isolation/pg_isolation_regress $folder --load-extension=model_routable "$@"
}

# Sorts tests by their kind, into sql_tests, races and servers. Usage: sort_tests <name or file>...
sort_tests() {
    local test name
    sql_tests=() races=() servers=()
    for test in "$@"; do
        name=$(basename "${test%.*}")
        if [ -f "tests/pg_regress/sql/$name.sql" ]; then
            sql_tests+=("$name")
        elif [ -f "tests/isolation/specs/$name.spec" ]; then
            races+=("$name")
        elif [ -f "tests/t/$name.pl" ]; then
            servers+=("tests/t/$name.pl")
        else
            fail "There is no test $test in tests/pg_regress/sql, tests/isolation/specs or tests/t."
        fi
    done
}

# Lists the packages that the tests of whole servers need, and that are missing.
missing_tap() {
    missing prove perl
    perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl
}

# Whole servers, in PostgreSQL's TAP framework: each test makes its own, from the tree that start_server made.
# Usage: tap_suite [file...]
# shellcheck disable=SC2154 # start_server sets work and server_bin
tap_suite() {
    local file name modules results=$cache/results/tap
    say "Whole servers on PostgreSQL $major (prove)"
    if [ $# = 0 ]; then set -- tests/t/*.pl; fi
    modules=$(test_file perl/PostgreSQL/Test/Cluster.pm)
    rm -rf "$results"
    mkdir -p "$results"
    make_folders tap
    # A copy, because the server's user may not be able to read the repository.
    mkdir "$work/tap.tests"
    cp -r tests/t tests/perl tests/pg_regress tests/sql_edition tests/write_paths tests/migrations tests/upgrade tests/stress tests/unusual_ids demo docs scripts \
        Makefile Cargo.toml pgrx-config.toml providers.yaml model_routable.control crates/registry/tests/conformance \
        tests/conformance.sql sql "$work/tap.tests"
    if [ -n "${builds:-}" ]; then cp -r "$builds" "$work/tap.tests/builds"; fi
    chmod -R a+rX "$work/tap.tests"
    for file in "$@"; do
        name=$(basename "$file" .pl)
        # PostgreSQL 16 and later use the second and third of these folders.
        PATH=$server_bin:$PATH TESTDIR=$work/tap TESTDATADIR=$work/tap/tmp_check TESTLOGDIR=$work/tap/tmp_check/log \
            PG_REGRESS=$(test_file regress/pg_regress) SERVER_TREE=$tree BUILDS=$work/tap.tests/builds \
            PERL5LIB=${modules%/PostgreSQL/*}:$work/tap.tests/perl prove_file "$work/tap.tests/t/$name.pl" "$results/$name.out" as_server
    done
    cp -r "$work"/tap/tmp_check/log/. "$results" || true
}

# Runs a file of TAP tests, and counts each. Usage: prove_file <file> <log> [command that runs prove]
prove_file() {
    local file=$1 log=$2 result name
    shift 2
    if ! "$@" prove --norc --verbose "$file" >"$log" 2>&1 </dev/null; then
        # A test that dies has no assertion that fails.
        grep -q '^not ok' "$log" || echo 'not ok 0 - it runs to its end' >>"$log"
        # Only what failed, without the messages of the server and its clients.
        grep -A 8 '^#   Failed test' "$log" | head -n 60 | cut -c -300 >&2 || true
    else
        sed -n 's,^.*/\(.*\.pl\) *\.\. skipped: ,  skipped \1: ,p' "$log"
    fi
    while read -r result name; do
        count "$result" "$name"
    done < <(sed -n -e 's/^ok [0-9]* *-* */ok /p' -e 's/^not ok [0-9]* *-* */FAILED /p' "$log")
}
