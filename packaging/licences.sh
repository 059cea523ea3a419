#!/bin/sh
# Prints name, version and licence of each crate that the libraries and the tool contain, then the texts of the licences.
set -eu

crates=$(cargo tree --locked -p model_routable -p model_routable_reader -p tool --edges normal --prefix none --format '{p}|{l}' |
    sed -n '/(proc-macro)\|(\//!s/^\([^ ]*\) v\([^ |]*\)[^|]*|\(.*[^ *()]\).*/\1 \2 \3/p' | LC_ALL=C sort -u)
echo "$crates"
echo "$crates" | while read -r name version licence; do
    for file in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$name-$version"/LICEN[SC]E* \
        "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$name-$version"/COPY* \
        "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$name-$version"/NOTICE*; do
        if [ -f "$file" ]; then printf '\n---- %s %s (%s), %s\n\n' "$name" "$version" "$licence" "${file##*/}"; cat "$file"; fi
    done
done
