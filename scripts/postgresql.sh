# Every major version that is supported: as this machine has it, or else from whatever suite of Debian has it, in a
# cache. Its packages are unpacked there with the libraries that they were built for; where the mirror lacks one of them,
# the source package is built. To be sourced after toolchain.sh.

# The server does not run as root, whose home is closed to it.
majors=$cache/postgresql
if [ "$(id -u)" = 0 ]; then majors=/var/cache/model_routable/postgresql; fi

# Sets PG_CONFIG to a complete installation of a major version, which is made where there is none; fails where no suite
# has packages of it. Usage: find_major <major>
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
    # The packages themselves, and the libraries of the suite: not all that they depend on, with which suites are now and
    # then out of step.
    libraries=$(apt-cache "${apt_suite[@]}" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
        --no-replaces --no-enhances "postgresql-$1" "postgresql-client-$1" | grep '^lib' |
        grep -vE -- '-(bin|common|data|db|extra|l10n|modules|perl)$' | sort -u)
    # The extension is built for this machine's C library, so an older one will not do.
    if dpkg --compare-versions "$(dpkg-query -W -f '${Version}' libc6)" ge \
        "$(apt-cache "${apt_suite[@]}" show --no-all-versions libc6 | sed -n 's/^Version: //p')"; then
        libraries=$(grep -vx libc6 <<<"$libraries")
    fi
    # sid's is older than the one that experimental's programs take.
    if [ "$2" = experimental ]; then libraries=${libraries/libpq5/libpq5\/experimental}; fi
    # shellcheck disable=SC2086 # names of packages are words
    (cd "$archives" && download "$2" "postgresql-$1${4:-}" "postgresql-client-$1${4:-}" "postgresql-server-dev-$1${4:-}" \
        $libraries) &&
        find "$archives" -name '*.deb' -exec dpkg-deb -x {} "$folder" \; &&
        rm -rf "$archives" &&
        mv "$folder" "$3" &&
        make_portable "$3" "$3/usr/lib/postgresql/$1/bin/pg_config"
}

# Mirrors can lack an update of the suite's; what was released with the suite does as well. Usage: download <suite> <package>...
download() {
    local suite=$1 name
    shift
    apt-get "${apt_suite[@]}" download "$@" && return
    for name in "$@"; do
        compgen -G "${name%/*}_*.deb" || apt-get "${apt_suite[@]}" download "${name%/*}/$suite" || return
    done
}

# The programs run outside of the suite that they were built for, so they are told where its libraries are; and pg_config
# is made to tell where everything is now, which that of 13 does not. Usage: make_portable <folder> <pg_config>
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

# With the server's own assertions, and without what no test needs. Usage: build_source <major> <prefix>
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

# Sets apt_suite to options by which apt knows of one suite of Debian alone, from the mirrors that this machine takes its
# own packages from, and of no installed package. Usage: find_suite <deb or deb-src> <suite>
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

# Lists the packages that unpacking takes, and that are missing.
missing_unpackers() {
    command -v readelf >/dev/null || echo binutils
    command -v patchelf >/dev/null || echo patchelf
}

# Lists the packages that a build of PostgreSQL takes, and that are missing.
missing_builders() {
    command -v cc >/dev/null || echo build-essential
    command -v dpkg-source >/dev/null || echo dpkg-dev
    command -v bison >/dev/null || echo bison
    command -v flex >/dev/null || echo flex
    command -v pkg-config >/dev/null || echo pkg-config
    [ -f /usr/include/unicode/ucol.h ] || echo libicu-dev
}
