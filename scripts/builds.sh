# Other builds of the extension, and programs, for tests of whole servers. A test asks for them by name: builds(qw(name name)).
# To be sourced after server.sh and suites.sh.

# The names that files of tests/t ask for. Usage: builds_of <file>...
builds_of() {
    sed -n -e 's/^.* = builds(qw(\(.*\)));$/\1/p' -e 's/^use Edition;$/tool/p' "$@" | tr ' ' '\n' | sort -u
}

# Makes each of them, and sets builds to the folder that has them. Run it before build_extension, because the next command uses
# what was built last. Usage: build_others <name>...
build_others() {
    local name
    builds=$cache/builds-$major
    rm -rf "$builds"
    mkdir "$builds"
    for name in "$@"; do
        mkdir -p "$builds/$name"
        case $name in
            tool) build_tool ;;
            exporter) unpack_exporter ;;
            released) build_releases ;;
            *) build_with_registry "$name" ;;
        esac
    done
}

# The command-line tool.
build_tool() {
    # shellcheck disable=SC2086 # empty is no argument
    run_logged "Building the command-line tool" build-tool cargo build -p tool $ignore_rust_version
    install -m 755 "$(target_directory)/debug/model-routable" "$builds/tool/"
}

# Debian's postgres_exporter. An installed package would start a service.
unpack_exporter() {
    local folder=$cache/exporter
    # Then the test is skipped.
    command -v apt-get >/dev/null || { rmdir "$builds/exporter"; return; }
    if ! compgen -G "$folder/*.deb" >/dev/null; then
        mkdir -p "$folder"
        run_logged "Downloading postgres_exporter" exporter env -C "$folder" apt-get -o APT::Sandbox::User=root download prometheus-postgres-exporter
    fi
    rm -rf "$folder/root"
    dpkg-deb -x "$folder"/*.deb "$folder/root"
    install -m 755 "$folder/root/usr/bin/prometheus-postgres-exporter" "$builds/exporter/postgres_exporter"
}

# The extension with another registry built in. The registry file is beside the libraries.
build_with_registry() {
    local file=$builds/$1/providers.yaml
    case $1 in
        withdrawn) sed 's/^          - kimi-k2$/        withdrawn_models: [kimi-k2]/' providers.yaml >"$file" ;;
        unusual-ids) cp tests/unusual_ids/providers.yaml "$file" ;;
        registry-*) cp "crates/registry/tests/conformance/$1.yaml" "$file" ;;
        *) fail "A test asks for an unknown build: $1" ;;
    esac
    MODEL_ROUTABLE_PROVIDERS=$file build_extension "$1"
    cp "$package$("$pg_config" --pkglibdir)"/*.so "$builds/$1/"
}

# The library of each released version, in a folder named after it.
build_releases() {
    local version commit
    while read -r version commit _; do
        mkdir "$builds/released/$version"
        released_library "$version" "$commit" || continue
        cp "$old" "$builds/released/$version/model_routable.so"
    done < <(grep -v '^#' sql/released/versions)
}

# Sets old to the library of a release. Builds it from its commit if it is not in the cache. Usage: released_library <version> <commit>
released_library() {
    local source=$cache/released-$1 folder=$cache/released-$1-$major
    old=$cache/released-$1-$major.so
    if [ -f "$old" ]; then return; fi
    if ! git cat-file -e "$2^{commit}" 2>/dev/null; then
        count FAILED "the library of $1 can be built, which needs the history of the repository (git fetch --unshallow)"
        return 1
    fi
    rm -rf "$source" "$folder"
    mkdir -p "$source" "$folder"
    git archive "$2" | tar -x -C "$source"
    run_logged "Building the library of $1 for PostgreSQL $major" "released-$1-$major" \
        compile_libraries "$source" "$folder" model_routable
    mv "$folder/model_routable.so" "$old"
    rm -rf "$source" "$folder"
}
