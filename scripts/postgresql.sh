# Every major version that is supported, from this machine or from the suite of Debian that has it. Packages of another suite are
# unpacked into a cache, with the libraries that they were built for. If the mirror lacks one of these, the source package is built.
# To be sourced after toolchain.sh.

# A server that root starts runs as another user, who cannot read root's home.
majors=$cache/postgresql
if [ "$(id -u)" = 0 ]; then majors=/var/cache/model_routable/postgresql; fi

# Sets PG_CONFIG to a complete installation of a major version. Makes one if there is none. Returns 1 if no suite has packages of
# it. Usage: find_major <major>
find_major() {
    PG_CONFIG=$(packaged "$1")
    if is_complete "$PG_CONFIG"; then return; fi
    PG_CONFIG=$majors/$1/bin/pg_config
    if is_complete "$PG_CONFIG"; then return; fi
    PG_CONFIG=$majors/$1/usr/lib/postgresql/$1/bin/pg_config
    if is_complete "$PG_CONFIG"; then return; fi
    local suite
    for suite in bullseye bookworm trixie forky sid experimental; do
        find_suite deb "$suite"
        [ -n "$(apt-cache "${apt_suite[@]}" show "postgresql-server-dev-$1" 2>/dev/null)" ] || continue
        if (run_logged "Unpacking PostgreSQL $1 of Debian $suite" "postgresql-$1" \
            unpack_packages "$1" "$suite" "$majors/$1"); then return; fi
        find_suite deb-src "$suite"
        PG_CONFIG=$majors/$1/bin/pg_config
        if (run_logged "Building PostgreSQL $1 of Debian $suite" "postgresql-$1" \
            build_source "$1" "$majors/$1"); then return; fi
    done
    return 1
}

# Sets PG_CONFIG to a major version without the updates of its suite. Usage: find_first <major> <suite>
find_first() {
    PG_CONFIG=$majors/$1-$2/usr/lib/postgresql/$1/bin/pg_config
    if is_complete "$PG_CONFIG"; then return; fi
    find_suite deb "$2"
    run_logged "Unpacking PostgreSQL $1 of Debian $2, without its updates" "postgresql-$1-$2" \
        unpack_packages "$1" "$2" "$majors/$1-$2" "/$2"
}

# Whether a PostgreSQL has its server, its headers, and the test programs.
is_complete() {
    [ -x "$1" ] && [ -x "$("$1" --bindir)/postgres" ] && [ -f "$("$1" --includedir-server)/postgres.h" ] &&
        [ -x "$("$1" --pkglibdir)/pgxs/src/test/regress/pg_regress" ] &&
        [ -f "$("$1" --pkglibdir)/postgres_fdw.so" ]
}

# Usage: unpack_packages <major> <suite> <folder> [/<release that its packages have to be of>]
unpack_packages() {
    local folder=$3.new archives libraries
    archives=$(mktemp -d)
    rm -rf "$folder" "$3"
    mkdir -p "$folder"
    # The packages and the libraries of the suite. Not all their dependencies, because a suite sometimes lacks some of these.
    libraries=$(apt-cache "${apt_suite[@]}" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
        --no-replaces --no-enhances "postgresql-$1" "postgresql-client-$1" | grep '^lib' |
        grep -vE -- '-(bin|common|data|db|extra|l10n|modules|perl)$' | sort -u)
    # The extension is built for this machine's C library, and does not run with an older one.
    if dpkg --compare-versions "$(dpkg-query -W -f '${Version}' libc6)" ge \
        "$(apt-cache "${apt_suite[@]}" show --no-all-versions libc6 | sed -n 's/^Version: //p')"; then
        libraries=$(grep -vx libc6 <<<"$libraries")
    fi
    # The programs of experimental need a later one than sid has.
    if [ "$2" = experimental ]; then libraries=${libraries/libpq5/libpq5\/experimental}; fi
    # shellcheck disable=SC2086 # names of packages are words
    (cd "$archives" && download "$2" "postgresql-$1${4:-}" "postgresql-client-$1${4:-}" "postgresql-server-dev-$1${4:-}" \
        $libraries) &&
        find "$archives" -name '*.deb' -exec dpkg-deb -x {} "$folder" \; &&
        rm -rf "$archives" &&
        mv "$folder" "$3" &&
        make_portable "$3" "$3/usr/lib/postgresql/$1/bin/pg_config"
}

# Downloads packages. If the mirror lacks an update, takes the version that the suite was released with. Usage: download <suite> <package>...
download() {
    local suite=$1 name
    shift
    apt-get "${apt_suite[@]}" download "$@" && return
    for name in "$@"; do
        compgen -G "${name%/*}_*.deb" || apt-get "${apt_suite[@]}" download "${name%/*}/$suite" || return
    done
}

# Makes the programs find the libraries of their suite, and pg_config print the paths where the files are now, which that of 13 does
# not. Usage: make_portable <folder> <pg_config>
make_portable() {
    local file interpreter libraries
    interpreter=$(find "$1/lib" "$1/usr/lib" -name 'ld-linux*.so.*' 2>/dev/null | head -n 1)
    libraries=$(basename "$1"/usr/lib/*-linux-*)
    libraries=$1/lib/$libraries:$1/usr/lib/$libraries
    find "$1/usr/lib/postgresql" -type f \( -perm /111 -o -name '*.so' \) | while read -r file; do
        if [ -n "$interpreter" ] && readelf -l "$file" 2>/dev/null | grep 'program interpreter' >/dev/null; then
            patchelf --set-interpreter "$interpreter" "$file" || return
        fi
        if readelf -h "$file" >/dev/null 2>&1; then patchelf --force-rpath --set-rpath "$libraries" "$file" || return; fi
    done
    mv "$2" "$2.packaged" || return
    printf '%s\n' '#!/bin/sh' "\"$2.packaged\" \"\$@\" | sed 's,^/usr/,$1/usr/,; s, = /usr/, = $1/usr/,'" >"$2"
    chmod 755 "$2"
}

# Builds a PostgreSQL with assertions, and without what no test needs. Usage: build_source <major> <prefix>
build_source() {
    local folder contrib
    folder=$(mktemp -d)
    env -C "$folder" apt-get "${apt_suite[@]}" source --download-only "postgresql-$1" &&
        dpkg-source --no-check --skip-patches -x "$folder"/*.dsc "$folder/source" &&
        cd "$folder/source" &&
        ./configure --quiet --prefix="$2" --enable-cassert --with-icu --without-readline --without-zlib CFLAGS=-O1 &&
        make -s -j "$(nproc)" install || return
    for contrib in citext postgres_fdw; do make -s -C contrib/$contrib install || return; done
    rm -rf "$folder"
}

# Sets apt_suite to options for apt that show it one suite of Debian, from the mirrors of this machine, and no installed package.
# Usage: find_suite <deb or deb-src> <suite>
find_suite() {
    local folder=$cache/apt/$2-$1 mirror
    apt_suite=(-o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder" -o Dir::State::status=/dev/null
        -o APT::Sandbox::User=root -o Debug::NoLocking=1)
    if [ -n "$(find "$folder/sources.list" -mtime -1 2>/dev/null)" ]; then return; fi
    # shellcheck disable=SC2046 # names of packages are words
    install_missing $(if [ "$1" = deb ]; then missing_unpackers; else missing_builders; fi)
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    {
        for mirror in $(mirrors_of Debian-Security); do
            case $2 in bullseye | bookworm | trixie) echo "$1 $mirror $2-security main" ;; esac
        done
        for mirror in $(mirrors_of Debian); do
            echo "$1 $mirror $2 main"
            if [ "$2" = experimental ]; then echo "$1 $mirror sid main"; fi
        done
    } >"$folder/sources.list.new"
    run_logged "Reading what Debian $2 has" apt-suite \
        apt-get "${apt_suite[@]}" -o "Dir::Etc::SourceList=$folder/sources.list.new" update
    mv "$folder/sources.list.new" "$folder/sources.list"
}

# Usage: mirrors_of <label of the repository>
mirrors_of() {
    # shellcheck disable=SC2016 # a field of apt's
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Label: $1" | sort -u
}

# Lists the packages that unpacking needs, and that are missing.
missing_unpackers() {
    missing readelf binutils
    missing patchelf
}

# Lists the packages that a build of PostgreSQL needs, and that are missing.
missing_builders() {
    missing cc build-essential
    missing dpkg-source dpkg-dev
    missing bison
    missing flex
    missing pkg-config
    [ -f /usr/include/unicode/ucol.h ] || echo libicu-dev
}
