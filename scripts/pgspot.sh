# pgspot reads an extension's install script for names and operators that a search_path could redirect, and for objects that
# somebody could create beforehand. To be sourced after toolchain.sh.

# Checks the scripts of a package that CREATE and ALTER EXTENSION run. PL/pgSQL bodies are read as well.
check_install_scripts() {
    local script pgspot=$cache/pgspot-0.9.4/bin/pgspot
    provide_python_tool pgspot 0.9.4 "$pgspot"
    find "$package" -name 'model_routable--*.sql' >"$cache/scripts"
    [ -s "$cache/scripts" ] || fail "There is no install script in $package."
    while read -r script; do
        # shellcheck disable=SC2046 # a release's script has no blank in its name
        "$pgspot" --append $(updated_script "$script") "$script" </dev/null ||
            fail "pgspot complains of an install script." "The script is $script"
    done <"$cache/scripts"
}

# The script of the release that an update script updates. It created the objects that are replaced.
updated_script() {
    local from=${1##*/model_routable--}
    if [[ $from == *--* ]]; then echo "sql/released/model_routable--${from%%--*}.sql"; fi
}

# Checks the script of the SQL edition. What the lookup calls has no search_path of its own, which would cost more than the lookup
# (PS005); whatever is named there without its schema is a complaint all the same.
check_edition_script() {
    # shellcheck disable=SC2086 # empty is no argument
    cargo run --quiet -p tool $ignore_rust_version -- sql providers.yaml >"$cache/edition.sql"
    "$pgspot" --ignore PS005 "$cache/edition.sql" </dev/null || fail "pgspot complains of the SQL edition."
}
