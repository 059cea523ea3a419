# What make built, for make install. The folder build has the files of the extension. Its file built_for says for which PostgreSQL
# and with which registry. To be sourced after requirements.sh.

built=$repository/build

# The absolute path of the registry file of a build.
chosen_registry() {
    realpath -m "${MODEL_ROUTABLE_PROVIDERS:-providers.yaml}"
}

# The contents of built_for.
built_for() {
    printf '%s\n' "pg_config $pg_config" "major $major" "registry $(chosen_registry)"
}

# The value of a key of built_for. Usage: built_with <key>
built_with() {
    sed -n "s/^$1 //p" "$built/built_for" 2>/dev/null
}

# Sets pg_config, major and bindir to those of the build. Fails if nothing is built, or if the build is not what PG_CONFIG and
# MODEL_ROUTABLE_PROVIDERS ask for.
find_build() {
    local wanted
    wanted=${PG_CONFIG:+ PG_CONFIG=$PG_CONFIG}${MODEL_ROUTABLE_PROVIDERS:+ MODEL_ROUTABLE_PROVIDERS=$MODEL_ROUTABLE_PROVIDERS}
    [ -f "$built/built_for" ] || fail "Nothing is built, so there is nothing to install." "Run make$wanted first."
    pg_config=$(built_with pg_config)
    if [ -n "${PG_CONFIG:-}" ]; then choose_pg_config; fi
    settle_pg_config
    [ "$pg_config" = "$(built_with pg_config)" ] ||
        fail "The build is for $(built_with pg_config), and not for $pg_config." "Run make$wanted first."
    [ "$major" = "$(built_with major)" ] ||
        fail "The build is for PostgreSQL $(built_with major), and $pg_config is of ${major:-none} now." "Run make$wanted first."
    [ -z "${MODEL_ROUTABLE_PROVIDERS:-}" ] || [ "$(chosen_registry)" = "$(built_with registry)" ] ||
        fail "The build has the registry $(built_with registry), and not $(chosen_registry)." "Run make$wanted first."
    [ -z "$(edited_since)" ] ||
        fail "These files are later than the build: $(edited_since | head -n 3 | paste -s -d ' ')" "Run make$wanted first."
}

# Lists the files of the source that are later than the build.
edited_since() {
    find Cargo.toml Cargo.lock build.rs model_routable.control sql src crates/*/src crates/*/build.rs crates/*/Cargo.toml \
        "$(built_with registry)" -type f -newer "$built/built_for" 2>/dev/null
}
