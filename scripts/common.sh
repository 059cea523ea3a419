# What every script shares: folders, messages, errors, and root. To be sourced.

set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$repository"

cache=${MODEL_ROUTABLE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/model_routable}

# Tests compare the DETAIL of an error, which would have the backtrace of a panic.
unset RUST_BACKTRACE

say() {
    printf '\033[1m==>\033[0m %s\n' "$*"
}

fail() {
    printf '\033[1merror:\033[0m %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

# Runs a long command with its output in a log, and shows that it is alive by a dot every five seconds.
# Usage: run_logged <what it does, for people> <name of the log> <command> [arguments]
run_logged() {
    local what=$1 log=$cache/$2.log seconds=0 status=0
    shift 2
    say "$what (log: $log)"
    "$@" >"$log" 2>&1 </dev/null &
    local pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        seconds=$((seconds + 1))
        if [ $((seconds % 25)) = 0 ]; then printf '.'; fi
    done
    if [ "$seconds" -ge 25 ]; then printf '\n'; fi
    wait "$pid" || status=$?
    if [ "$status" != 0 ]; then
        tail -n 30 "$log" >&2
        if grep -qiE 'could not resolve|temporary failure|failed to (download|connect|fetch)|network (is )?unreachable|could not connect' "$log"; then
            fail "$what needs the network, which does not answer." \
                "Connect this machine, or set the proxy (https_proxy=...), then run this again." "The whole output is in $log"
        fi
        fail "$what failed." "The whole output is in $log"
    fi
}

# Runs a command as root, by sudo if this user is another one. sudo must not need a password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# Whether as_root works.
can_be_root() {
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# Installs packages of the distribution. If this user cannot, says what to type.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        fail "These Debian packages are missing, and this is not Debian or Ubuntu: $*" \
            "Install the packages that your distribution has for them, then run this again."
    fi
    if ! can_be_root; then
        fail "Packages must be installed, which needs root." "Run this first:  sudo apt-get install -y $*"
    fi
    run_logged "Updating the list of packages" apt-update as_root apt-get update
    run_logged "Installing $*" apt-install \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}
