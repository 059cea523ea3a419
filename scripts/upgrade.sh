# Updates from every released version, and what comes of a library that is newer or older than the SQL objects. To be
# sourced after suites.sh, with a server running.

# sql/released has a line for each release: its version, its commit, and the SHA-256 of its install script.
upgrade_suite() {
    local version commit sum newest=
    say "Updates from every released version"
    while read -r version commit sum; do
        frozen_script "$version" "$sum"
        updated_database "$version"
        replaced_library "$version" "$commit"
        newest=$version
    done < <(grep -v '^#' sql/released/versions)
    count "$([ "$newest" != "$(field version)" ] && echo ok || echo FAILED)" \
        "the version that is built is none that was released: $(field version)"
}

# What users run stays as it was.
frozen_script() {
    local script=sql/released/model_routable--$1.sql
    count "$(sha256sum --status -c - <<<"$2  $script" && echo ok || echo FAILED)" "the install script of $1 is as it was released"
    cp "$script" "$(extension_scripts)"
}

extension_scripts() {
    echo "$tree$("$pg_config" --sharedir)/extension"
}

# Usage: extension_database <name> <version, or nothing> [schema]
extension_database() {
    "$bindir/createdb" "$1"
    psql -d "$1" -q -v ON_ERROR_STOP=1 -c "CREATE SCHEMA IF NOT EXISTS ${3:-public}" \
        -c "CREATE EXTENSION model_routable SCHEMA ${3:-public} ${2:+VERSION '$2'}" >/dev/null 2>&1
}

# Counts whether a command printed nothing, errors and warnings included. Usage: silent <what is proved> <command>...
silent() {
    local what=$1 answer
    shift
    answer=$("$@" 2>&1 || true)
    if [ -z "$answer" ]; then
        count ok "$what"
    else
        printf '%s\n' "$answer" >&2
        count FAILED "$what"
    fi
}

guards_work() {
    psql -d "$1" -qAt -f tests/upgrade/guards_work.sql
}

updated_database() {
    local version=$1 results=$cache/results/upgrade schema triggers
    mkdir -p "$results"
    for schema in public '"Else where"'; do
        extension_database fresh '' "$schema"
        extension_database updated "$version" "$schema"
        psql -d updated -q -c 'ALTER EXTENSION model_routable UPDATE'
        for database in fresh updated; do
            psql -d $database -qAt -v ON_ERROR_STOP=1 -f tests/upgrade/catalogue.sql >"$results/$database.$version" ||
                echo "$database cannot be read" >>"$results/$database.$version"
        done
        silent "in the schema $schema, an update from $version leaves the same objects, comments and privileges as a new installation" \
            diff -u "$results/fresh.$version" "$results/updated.$version"
        psql -d fresh -qAt -f tests/upgrade/symbols.sql >"$results/symbols"
        "$bindir/dropdb" fresh
        "$bindir/dropdb" updated
    done

    extension_database updated "$version"
    psql -d updated -q -v ON_ERROR_STOP=1 -f tests/upgrade/database.sql >/dev/null
    silent "with the objects of $version and this library, the guards work" guards_work updated
    library_and_objects "with the objects of $version and this library" "$(every_function updated)"
    psql -d updated -qAt -f tests/upgrade/symbols.sql >"$results/symbols.$version"
    silent "no symbol of the library that $version asks for is declared in another way now" \
        changed_symbols "$results/symbols.$version" "$results/symbols"
    triggers=$(guard_parts updated)
    {
        # The update is not committed while another session asks.
        echo "BEGIN; ALTER EXTENSION model_routable UPDATE;"
        echo '\! ' "PGOPTIONS='-c statement_timeout=10s'" "$bindir/psql -X -d updated -qAt -f tests/upgrade/guards_work.sql"
        echo '\i tests/upgrade/guards_work.sql'
        echo "COMMIT;"
    } >"$work/update.sql"
    silent "while the update from $version is under way, the guards work in its own session and in others" \
        psql -d updated -qAt -f "$work/update.sql"
    silent "after the update from $version, the guards work" guards_work updated
    silent "after the update from $version, every function works" psql -d updated -qAt -f tests/upgrade/every_function.sql
    count "$([ -n "$triggers" ] && [ "$triggers" = "$(guard_parts updated)" ] && echo ok || echo FAILED)" \
        "the update from $version leaves the triggers and constraints as they are"
    "$bindir/dropdb" updated
}

# Of two lists, the symbols that are in both with other arguments or columns: a session with the library of one version
# that meets the objects of the other would read what is not there.
changed_symbols() {
    local line
    while read -r line; do
        if grep -q "^${line%% *} " "$2" && ! grep -qxF "$line" "$2"; then echo "$line"; fi
    done <"$1"
    [ -s "$1" ] && [ -s "$2" ] || echo "there are no symbols"
}

guard_parts() {
    psql -d "$1" -Atc "SELECT oid, tgname, tgenabled FROM pg_trigger
            WHERE NOT tgisinternal AND tgrelid::regclass::text <> 'routable.release_store'
        UNION ALL SELECT oid, conname, '-' FROM pg_constraint
            WHERE contype = 'c' AND conrelid::regclass::text <> 'routable.release_store' ORDER BY 1"
}

# A session that loaded a library goes on with it, whatever is installed meanwhile.
replaced_library() {
    local version=$1 old new=$work/new.so library old_session answer
    library=$tree$("$pg_config" --pkglibdir)/model_routable.so
    released_library "$version" "$2" || return 0
    mv "$library" "$new"
    install_library "$old"
    extension_database updated "$version"
    psql -d updated -q -v ON_ERROR_STOP=1 -f tests/upgrade/database.sql >/dev/null
    coproc old_session { psql -d updated -qAt -v VERBOSITY=terse 2>&1; }
    in_old_session "PREPARE incident AS UPDATE workspaces SET runtime = 'hermes' WHERE id = 2; EXECUTE incident;" >/dev/null

    library_and_objects "the update, under the library of $version" \
        "$(psql -d updated -qAt -v VERBOSITY=terse -c 'ALTER EXTENSION model_routable UPDATE' 2>&1 || true)"
    silent "after the attempt, the guards work" guards_work updated

    install_library "$new"
    silent "while a session goes on with the library of $version, the update" psql -d updated -qAt -c 'ALTER EXTENSION model_routable UPDATE'
    silent "with this library, and objects that came with that of $version, the guards work" guards_work updated
    answer=$(in_old_session "EXECUTE incident;")
    count "$(grep -q 'violates check constraint "workspaces_model_routable"' <<<"$answer" && echo ok || echo FAILED)" \
        "a session that loaded the library of $version, and prepared a statement, is refused the incident after the update"
    silent "a session that loaded the library of $version goes on with working guards" in_old_session '\i tests/upgrade/guards_work.sql'
    library_and_objects "a session that loaded the library of $version, and the objects of this version" \
        "$(in_old_session '\i tests/upgrade/every_function.sql')"

    install_library "$old"
    silent "where the library of $version comes back to the objects of this version, the guards work" guards_work updated
    library_and_objects "where the library of $version comes back to the objects of this version" "$(every_function updated)"
    install_library "$new"
    eval "exec ${old_session[1]}>&-"
    wait "$old_session_PID" || true
    "$bindir/dropdb" updated
}

# A new file, as by every installer: running backends have the former mapped.
install_library() {
    install -m 755 "$1" "$library.new"
    mv "$library.new" "$library"
}

every_function() {
    psql -d "$1" -qAt -v VERBOSITY=terse -f tests/upgrade/every_function.sql 2>&1 || true
}

# Everything works, or says that the library is another one. Usage: library_and_objects <which> <what was printed>
library_and_objects() {
    local unclear
    local lacks='could not find function "[a-z_0-9]*" in file ".*model_routable.so"'
    local former='the objects of extension "model_routable" are of an earlier version than its library'
    unclear=$(grep -v "ERROR:  \\($lacks\\|$former\\)" <<<"$2" || true)
    if [ -z "$2" ]; then
        count ok "$1: every function works"
    elif [ -z "$unclear" ]; then
        count ok "$1: what the library lacks is an error that says so ($(grep -c ERROR <<<"$2") of them), and all else works"
    else
        printf '%s\n' "$unclear" >&2
        count FAILED "$1: what the library lacks is an error that says so, and all else works"
    fi
}

in_old_session() {
    local line
    printf '%s\n\\echo -- done\n' "$1" >&"${old_session[1]}"
    while read -r -t 30 line <&"${old_session[0]}"; do
        if [ "$line" = "-- done" ]; then return; fi
        printf '%s\n' "$line"
    done
    echo "the session does not answer"
}

# Sets old to the library of a release, which is built from its commit once. Usage: released_library <version> <commit>
released_library() {
    local source=$cache/released-$1
    old=$cache/released-$1-$major.so
    if [ -f "$old" ]; then return; fi
    if ! git cat-file -e "$2^{commit}" 2>/dev/null; then
        count FAILED "the library of $1 can be built, which takes the repository with its history (git fetch --unshallow)"
        return 1
    fi
    rm -rf "$source" "$source-package"
    mkdir -p "$source"
    git archive "$2" | tar -x -C "$source"
    run_logged "Building the library of $1 for PostgreSQL $major" "released-$1-$major" \
        compile_extension "$source" "$source-package"
    cp "$source-package$("$pg_config" --pkglibdir)/model_routable.so" "$old"
    rm -rf "$source" "$source-package"
}
