# The files of an installation and their paths. To be sourced after requirements.sh.

# Lists the paths of all files that an installation into the PostgreSQL of pg_config consists of.
installed_files() {
    local libraries scripts update
    libraries=$("$pg_config" --pkglibdir)
    scripts=$("$pg_config" --sharedir)/extension
    printf '%s\n' "$libraries"/model_routable{,_reader}.so "$scripts/model_routable.control" \
        "$scripts/model_routable--$(field version).sql"
    for update in sql/model_routable--*--*.sql sql/model_routable--sql.sql; do echo "$scripts/${update##*/}"; done
}

# Installs from a folder that compile_extension filled, below another root if one is given.
# Usage: install_files <folder> [root]
install_files() {
    local file mode
    while read -r file; do
        mode=644
        if [[ $file == *.so ]]; then mode=755; fi
        # install(1) makes a new file. Writing into the old one would crash the backends that have mapped it.
        install -D -m $mode "$1/${file##*/}" "${2:-}$file"
    done < <(installed_files)
}

# Usage: remove_files [root]
remove_files() {
    installed_files | sed "s|^|${1:-}|" | tr '\n' '\0' | xargs -0 rm -f
}

# Fails if the folders of an installation cannot be written. Usage: require_writable <what to run instead>
require_writable() {
    local folder
    for folder in "$("$pg_config" --pkglibdir)" "$("$pg_config" --sharedir)/extension"; do
        [ ! -d "$folder" ] || [ -w "$folder" ] ||
            fail "$folder cannot be written." "Run this as root, or as the owner of that PostgreSQL:  $1"
    done
}
