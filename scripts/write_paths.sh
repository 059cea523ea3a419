# Every way to write a row, each with every kind of guard: what is stored that should not be, and what is refused that
# should not be. docs/write-paths.md has to say the same. To be sourced after suites.sh.

write_path_guards="default last_word check"

# Usage: write_paths_suite [released]: with the registry that is built in, or with the same as a release.
write_paths_suite() {
    local folder=tests/write_paths document=docs/write-paths.md guard path title outcome unguarded= with=
    local results=$cache/results/write_paths
    if [ "${1:-}" = released ]; then with=", by a release"; fi
    say "Write paths on PostgreSQL $major, by kind of guard$with (results: $results)"
    "$bindir/dropdb" --if-exists write_paths 2>/dev/null
    rm -rf "$results"
    mkdir -p "$results"
    : >"$results/skipped"
    "$bindir/createdb" write_paths
    psql -d write_paths -q -v ON_ERROR_STOP=1 -f $folder/setup/database.sql
    if [ -n "$with" ]; then
        psql -d write_paths -q -v ON_ERROR_STOP=1 >/dev/null <<'END'
SET client_min_messages = warning;
\set registry `cat providers.yaml; echo`
SELECT routable.release(:'registry');
END
    fi
    for path in "$folder"/*.sql; do
        title=$(path_title "$path")
        if [ "$(path_field since "$path")" -gt "$major" ] 2>/dev/null; then
            echo "| $title |" >>"$results/skipped"
            continue
        fi
        for guard in none $write_path_guards; do
            outcome=$(run_path "$path" "$guard")
            echo "$outcome" >"$results/$(basename "$path" .sql).$guard.outcome"
            if [ "$guard" = none ]; then
                # What is no danger without a guard proves nothing with one.
                if ! [[ $outcome =~ ^[1-9][0-9]*\ bad\ pairs?$ ]]; then unguarded+="$title: $outcome; "; fi
            elif [ "$(documented "$title" "$guard")" = "$outcome" ]; then
                count ok "$title, ${guard/_/ }$with: $outcome"
            else
                count FAILED "$title, ${guard/_/ }$with: $outcome, which is not what $document says"
            fi
        done
    done
    if [ -z "$unguarded" ]; then
        count ok "without a guard, every path stores a bad pair, and refuses nothing"
    else
        count FAILED "without a guard, every path stores a bad pair, and refuses nothing: $unguarded"
    fi
    write_paths_table >"$results/table"
    # A path that this version of PostgreSQL does not have yet is in the document all the same.
    if diff <(grep '^| ' "$document" | sed '1,/^| not offered /d' | grep -vFf "$results/skipped") "$results/table" >&2; then
        count ok "the tables of $document are what these tests found"
    else
        count FAILED "the tables of $document are what these tests found (in $results/table)"
    fi
}

# What the document says of a path and a kind of guard: the cell of the first row of that title.
documented() {
    local column=3 guard
    for guard in $write_path_guards; do
        if [ "$guard" = "$2" ]; then break; fi
        column=$((column + 1))
    done
    grep -F "| $1 |" "$document" | head -n 1 | cut -d '|' -f $column | sed 's/^ //; s/ $//'
}

# A path's title is the first line of its file; fields and the reason for an exception follow.
path_title() {
    sed -n '1s/^-- //p' "$1"
}

# Usage: path_field <name> <file>. Fields: since, a version; errors, SQLSTATEs other than check_violation that may come.
path_field() {
    sed -n "s/^-- $1: //p" "$2"
}

path_reason() {
    sed -n '2,/^[^-]/s/^-- //p' "$1" | grep -vE '^(since|errors): ' | paste -s -d ' '
}

# Runs a path with one kind of guard, and tells what came of it.
run_path() {
    local path=$1 guard=$2 name log unexpected bad_pairs false_refusals
    name=$(basename "$path" .sql)
    log=$results/$name.$guard
    PATH=$bindir:$PATH PGDATABASE=write_paths PSQLRC=/dev/null \
        PGOPTIONS="-c search_path=path,public -c write_paths.guard=$guard -c client_min_messages=warning" \
        psql -qAt -F ' ' -v VERBOSITY=sqlstate -v SHOW_CONTEXT=never -f tests/write_paths/setup/before.sql -f "$path" \
        -f tests/write_paths/setup/after.sql >"$log.out" 2>"$log.err" </dev/null || true
    if grep -q 'ERROR:  NOTOF' "$log.err"; then
        echo "not offered"
        return
    fi
    unexpected=$(sed -n 's/.*\(ERROR\|FATAL\|PANIC\): *//p' "$log.err" |
        grep -vxE "23514$(path_field errors "$path" | sed 's/^\|, */|/g')" | sort -u | paste -s -d ' ' || true)
    if [ -n "$unexpected" ] || grep -q 'connection to server' "$log.err"; then
        echo "unexpected error $unexpected"
        return
    fi
    read -r bad_pairs false_refusals < <(tail -n 2 "$log.out" | head -n 1)
    tail -n 1 "$log.out" >"$log.finders"
    if ! [[ "${bad_pairs:-} ${false_refusals:-}" =~ ^[0-9]+\ [0-9]+$ ]]; then
        echo "no result"
    elif [ "$bad_pairs$false_refusals" = 00 ]; then
        echo safe
    else
        { number_of "$bad_pairs" "bad pair"; number_of "$false_refusals" "false refusal"; } | paste -s -d , | sed 's/,/, /'
    fi
}

number_of() {
    if [ "$1" = 1 ]; then
        echo "1 $2"
    elif [ "$1" != 0 ]; then
        echo "$1 $2s"
    fi
}

# The tables of the document: every path, and why some of them have exceptions.
write_paths_table() {
    local path title name guard row exceptions='' others=''
    echo '| path | default guard | last word only | check |'
    for path in "$folder"/*.sql; do
        name=$(basename "$path" .sql)
        title=$(path_title "$path")
        if ! [ -f "$results/$name.default.outcome" ]; then continue; fi
        row="| $title"
        for guard in $write_path_guards; do row+=" | $(cat "$results/$name.$guard.outcome")"; done
        echo "$row |"
        row="| $title | $(path_reason "$path") | $(path_finders "$name") |"$'\n'
        if ! grep -qx safe "$results/$name.default.outcome"; then
            exceptions+=$row
        elif grep -qvx safe "$results/$name.last_word.outcome" "$results/$name.check.outcome"; then
            others+=$row
        fi
    done
    echo '| path | why | what finds it |'
    printf '%s' "$exceptions"
    echo '| path | why | what finds it |'
    printf '%s' "$others"
}

# What finds the bad pairs of a path, by kind of guard.
path_finders() {
    local guard finders guards_tells is_guarded_tells all=
    for guard in $write_path_guards; do
        finders=
        if [ -f "$results/$1.$guard.finders" ]; then read -r guards_tells is_guarded_tells <"$results/$1.$guard.finders"; fi
        if grep -q 'bad pair' "$results/$1.$guard.outcome"; then
            if [ "$guards_tells" = t ]; then finders+='`routable.guards`, '; fi
            if [ "$is_guarded_tells" = t ]; then finders+='`routable.is_guarded`, '; fi
            finders+='a query'
        fi
        if grep -q 'false refusal' "$results/$1.$guard.outcome"; then
            finders+="${finders:+, }the error"
            # Where the guard itself is at fault, the view says so as well.
            if [ "$is_guarded_tells" = t ]; then finders+=', `routable.guards`'; fi
        fi
        if grep -qx 'not offered' "$results/$1.$guard.outcome"; then finders='the error of `routable.attach`'; fi
        if [ -n "$finders" ]; then all+="${guard/_/ }: $finders"$'\n'; fi
    done
    # Said once where it is the same for every kind of guard that has something to find.
    if [ "$(printf '%s' "$all" | sed 's/^[a-z ]*: //' | sort -u | wc -l)" = 1 ]; then
        printf '%s' "$all" | sed -n '1s/^[a-z ]*: //p'
    else
        printf '%s' "$all" | paste -s -d ';' | sed 's/;/; /g'
    fi
}
