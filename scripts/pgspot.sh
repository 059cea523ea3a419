# pgspot reads an extension's install script for names and operators that a search_path could redirect, and for objects that
# somebody could create beforehand. To be sourced after toolchain.sh.

# Sets pgspot, and installs it if this version is not there.
find_pgspot() {
    pgspot=$cache/pgspot-0.9.4/bin/pgspot
    provide_python_tool pgspot 0.9.4 "$pgspot"
}

# Checks the scripts of a package that CREATE and ALTER EXTENSION run, with their PL/pgSQL bodies. After check_edition_script.
check_install_scripts() {
    local script
    find "$package" -name 'model_routable--*.sql' >"$cache/scripts"
    [ -s "$cache/scripts" ] || fail "There is no install script in $package."
    while read -r script; do
        # shellcheck disable=SC2046 # none of these names has a blank in it
        "$pgspot" --append $(updated_script "$script") "$script" </dev/null ||
            fail "pgspot complains of an install script." "The script is $script"
    done <"$cache/scripts"
}

# The script that created what an update script replaces: that of a release, or of the SQL edition, which creates model_routable()
# by EXECUTE, so that to replace it looks unsafe (PS002).
updated_script() {
    local from=${1##*/model_routable--}
    case $from in
        sql--*) echo "--ignore PS005 --ignore PS002 $cache/edition.sql" ;;
        *--*) echo "sql/released/model_routable--${from%%--*}.sql" ;;
    esac
}

# Checks the script of the SQL edition. What the lookup calls has no search_path of its own, which would cost more than the lookup
# (PS005); whatever is named there without its schema is a complaint all the same.
check_edition_script() {
    # shellcheck disable=SC2086 # empty is no argument
    cargo run --quiet -p tool $ignore_rust_version -- sql providers.yaml >"$cache/edition.sql"
    "$pgspot" --ignore PS005 "$cache/edition.sql" </dev/null || fail "pgspot complains of the SQL edition."
}
