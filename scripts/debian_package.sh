# The Debian package and the source archive. Every byte follows from the sources: SOURCE_DATE_EPOCH, by default the time
# of the commit, is the time of all files. To be sourced after server.sh, with a package of the extension built.

# Lists the packages that packaging takes, and that are missing.
missing_packagers() {
    command -v dpkg-shlibdeps >/dev/null || echo dpkg-dev
    command -v strip >/dev/null || echo binutils
    command -v git >/dev/null || echo git
}

# A build between two releases sorts before the next one, and after every earlier build.
debian_version() {
    local version
    version=$(field version)
    if [ "$(git tag --points-at HEAD --list "v$version")" = "" ]; then
        version+=~$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S)
    fi
    echo "$version-1"
}

# Usage: debian_package <folder to put it in>
debian_package() {
    local name=postgresql-$major-model-routable tree version architecture libraries documents overrides
    # One that was unpacked into a folder has its paths below that.
    local root=${bindir%/usr/lib/postgresql/*}
    [[ $bindir == */usr/lib/postgresql/* ]] ||
        fail "$pg_config is none of Debian's, whose paths a package has to have." "Name another: make package PG_CONFIG=..."
    export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
    version=$(debian_version)
    architecture=$(dpkg --print-architecture)
    tree=$(mktemp -d)
    libraries=$("$pg_config" --pkglibdir)
    libraries=$tree/root${libraries#"$root"}
    documents=$tree/root/usr/share/doc/$name
    overrides=$tree/root/usr/share/lintian/overrides
    mkdir -p "$tree/root/DEBIAN" "$tree/debian" "$documents" "$overrides"
    cp -r "$package$root/." "$tree/root"
    strip --strip-unneeded --remove-section=.comment --remove-section=.note "$libraries"/*.so
    chmod 644 "$libraries"/*.so
    # What reads YAML is a translation of that library into Rust, which is linked statically.
    echo "$name: embedded-library libyaml *" >"$overrides/$name"
    copyright >"$documents/copyright"
    licence_texts | gzip -9n >"$documents/licences.gz"
    gzip -9n <CHANGELOG.md >"$documents/changelog.gz"
    debian_changelog "$version" | gzip -9n >"$documents/changelog.Debian.gz"
    printf 'Source: %s\n\nPackage: %s\nArchitecture: any\n' model-routable "$name" >"$tree/debian/control"
    debian_control "$name" "$version" "$architecture" \
        "$(cd "$tree" && dpkg-shlibdeps -O "$libraries"/*.so | sed -n 's/^shlibs:Depends=//p')" \
        "$(du -k --apparent-size -s "$tree/root/usr" | cut -f 1)" >"$tree/root/DEBIAN/control"
    (cd "$tree/root" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$tree/root/DEBIAN/md5sums"
    find "$tree/root" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
    find "$tree/root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    deb=$1/${name}_${version}_$architecture.deb
    dpkg-deb --root-owner-group -Zxz --build "$tree/root" "$deb" >/dev/null
    rm -rf "$tree"
    say "$deb"
}

# Usage: debian_control <name> <version> <architecture> <dependencies of the libraries> <size in kilobytes>
debian_control() {
    cat <<END
Package: $1
Source: model-routable
Version: $2
Architecture: $3
Maintainer: $(maintainer)
Installed-Size: $5
Depends: postgresql-$major, $4
Section: database
Priority: optional
Description: refuses unroutable (runtime, model) pairs in PostgreSQL $major
 A PostgreSQL extension that refuses to store an agent workspace whose runtime
 cannot route its model. The check stands in the row's own write, so no writer
 gets around it or races with it: the API, a migration, psql, COPY, an ORM.
 .
 Which runtime takes which models is compiled into the library.
END
}

debian_changelog() {
    cat <<END
model-routable ($1) unstable; urgency=medium

  * See changelog.gz beside.

 -- $(maintainer)  $(LC_ALL=C date -u -R --date="@$SOURCE_DATE_EPOCH")
END
}

# As Debian's own tools have it.
maintainer() {
    echo "${DEBFULLNAME:-model_routable developers} <${DEBEMAIL:-model-routable@packages.invalid}>"
}

# The licence of the extension, and of the crates that are compiled into its library.
copyright() {
    local name version licence
    cat <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: model_routable
Comment:
 The library contains these crates of Rust's, under licences of their own, whose
 texts are in licences.gz beside:
END
    linked_crates | while read -r name version licence; do echo " $name $version: $licence"; done
    cat <<END

Files: *
Copyright: $(sed -n 's/^Copyright (c) //p' LICENSE)
License: PostgreSQL
$(sed -n '/^Permission/,$p' LICENSE | sed 's/^$/./; s/^/ /')
END
}

# Lists name, version and licence of each crate whose code the library contains.
linked_crates() {
    cargo tree --locked --edges normal --prefix none --no-default-features --features "pg$major" --format '{p}|{l}' |
        sed -n '/(proc-macro)\|(\//!s/^\([^ ]*\) v\([^ |]*\)[^|]*|\(.*[^ *()]\).*/\1 \2 \3/p' | LC_ALL=C sort -u
}

licence_texts() {
    local name version licence file
    linked_crates | while read -r name version licence; do
        for file in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$name-$version"/{LICEN[SC]E,COPY,NOTICE}*; do
            if [ -f "$file" ]; then printf '\n---- %s %s, %s\n\n' "$name" "$version" "${file##*/}"; cat "$file"; fi
        done
    done
}

# Usage: source_archive <folder to put it in>
source_archive() {
    local name version
    version=$(field version)
    name=model_routable-$version
    [ "$(grep -c "\"version\": \"$version\"" META.json)" = 2 ] || fail "META.json is of another version than Cargo.toml, $version."
    TZ=UTC git archive --format=zip -9 --prefix="$name/" --output="$1/$name.zip" HEAD
    say "$1/$name.zip"
}
