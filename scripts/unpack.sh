# Packages of the distribution, unpacked into a folder of the cache. That takes no root, leaves the machine as it is, and
# starts no service. To be sourced after common.sh.

unpacked=$cache/clients/debian

# Unpacks packages and what they need beyond what is installed. Returns 1 where they cannot be had. Usage: unpack <package>...
unpack() {
    local mark=$unpacked/marks/$1 log=$cache/unpack.log packages downloads
    if [ -e "$mark" ]; then return; fi
    command -v apt-get >/dev/null || return 1
    update_lists
    # What would be upgraded on the way is there already.
    packages=$(apt-get install -s --no-install-recommends "$@" 2>>"$log" | sed -n 's/^Inst \([^ ]*\) (.*/\1/p') || return 1
    downloads=$(mktemp -d "$cache/unpack.XXXXXX")
    say "Unpacking $* into $unpacked (log: $log)"
    # shellcheck disable=SC2086 # names of packages are words
    if (cd "$downloads" && apt-get download $packages && mkdir -p "$unpacked/marks" &&
        find . -name '*.deb' -exec dpkg -x {} "$unpacked" \;) >>"$log" 2>&1 </dev/null; then
        fix_links
        touch "$mark"
    fi
    rm -rf "$downloads"
    [ -e "$mark" ]
}

# Links to what an installed package would have elsewhere on the machine: a JDK's to its settings, for one.
fix_links() {
    local link target
    find "$unpacked" -lname '/*' | while read -r link; do
        target=$(readlink "$link")
        if [ ! -e "$target" ] && [ -e "$unpacked$target" ]; then ln -sfn "$unpacked$target" "$link"; fi
    done
}

# The lists of packages, which a fresh machine does not have yet.
update_lists() {
    if [ -z "$(apt-cache policy pgbouncer 2>/dev/null)" ] && can_be_root; then
        as_root apt-get update >>"$cache/unpack.log" 2>&1 || true
    fi
}

# The version of a package, unpacked or installed.
version_of() {
    apt-cache policy "$1" | sed -n 's/^ *Candidate: //p'
}

# Folders and files below the unpacked packages and below the machine's own, those that there are, joined by colons.
# Usage: places <pattern>...
places() {
    local pattern place all=
    for pattern in "$@"; do
        # shellcheck disable=SC2086 # a pattern
        for place in "$unpacked"/$pattern /$pattern; do
            if [ -e "$place" ]; then all+=${all:+:}$place; fi
        done
    done
    echo "$all"
}

# Prints the environment in which unpacked programs are found: NAME=value, a line for each variable.
unpacked_environment() {
    local go_root
    go_root=$(places 'usr/lib/go-[0-9]*' | cut -d : -f 1)
    cat <<END
PATH=$unpacked/usr/sbin:$unpacked/usr/bin:$PATH:$(places 'usr/lib/jvm/*/bin')
LD_LIBRARY_PATH=$(places 'usr/lib/*-linux-gnu')
PERL5LIB=$(places 'usr/lib/*/perl5/*' 'usr/share/perl5')
RUBYLIB=$(places 'usr/lib/ruby/vendor_ruby' 'usr/lib/*/ruby/vendor_ruby/*' 'usr/lib/ruby/[0-9]*' 'usr/lib/*/ruby/[0-9]*')
GEM_PATH=$(places 'usr/share/rubygems-integration/*' 'usr/lib/ruby/gems/*')
GO111MODULE=off
CGO_ENABLED=0
GOPATH=$(places 'usr/share/gocode')
GOCACHE=$cache/clients/go
END
    if [ -n "$go_root" ]; then echo "GOROOT=$go_root"; fi
}
