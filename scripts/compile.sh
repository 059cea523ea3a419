# Compiles the extension: its libraries, by cargo, and its scripts. To be sourced after requirements.sh.

target_directory() {
    realpath -m "${CARGO_TARGET_DIR:-$repository/target}"
}

# Puts the files of the extension into a folder. Usage: compile_extension <folder>
compile_extension() {
    local version
    version=$(field version)
    mkdir -p "$1"
    compile_libraries "$repository" "$1" model_routable model_routable_reader
    sed "s/@CARGO_VERSION@/$version/" model_routable.control >"$1/model_routable.control"
    (cd sql && xargs cat <install_order) >"$1/model_routable--$version.sql"
    cp sql/model_routable--*--*.sql sql/model_routable--sql.sql "$1"
}

# Compiles libraries of a source into a folder. pgrx only needs to know the pg_config, so this works without cargo-pgrx, which takes
# minutes to install. Usage: compile_libraries <folder of the source> <folder> <library...>
compile_libraries() (
    source=$1 folder=$2 target=$(target_directory)
    shift 2
    lock_target
    cd "$source"
    # cargo does not build again what another source or version left there, if that is later than our files.
    if [ "$(cat "$target/model_routable.variant" 2>/dev/null)" != "$source, pg$major" ]; then
        rm -rf "$target"/release/deps/libmodel_routable{,_reader}.so \
            "$target"/release/.fingerprint/{registry,postgres,model_routable,model_routable_reader}-*
        echo "$source, pg$major" >"$target/model_routable.variant"
    fi
    # Without rustfmt, because a rustfmt.toml above the folder of targets would change the line numbers that the library reports.
    # One by one, because cargo would otherwise build the first with the features of the registry crate that the second needs.
    for library in "$@"; do
        # shellcheck disable=SC2086 # empty is no argument
        RUSTFMT=true PGRX_PG_CONFIG_PATH=$pg_config RUSTFLAGS="${RUSTFLAGS:-} $(path_prefixes)" \
            cargo build --release --locked -p "$library" --no-default-features --features "pg$major" --target-dir "$target" \
            $ignore_rust_version
        cp "$target/release/lib$library.so" "$folder/$library.so"
    done
)

# Waits for other builds, until this shell ends: cargo gives the library the same name for every version of PostgreSQL.
lock_target() {
    mkdir -p "$(target_directory)"
    exec 9>"$(target_directory)/model_routable.lock"
    flock 9
}

# The library does not contain the path where it was built.
path_prefixes() {
    printf -- '--remap-path-prefix=%s=target --remap-path-prefix=%s=crates' "$(target_directory)" \
        "${CARGO_HOME:-$HOME/.cargo}/registry/src"
}
