#!/usr/bin/env bash
# Measures the product beside what people would use instead, on a server of its own, and writes bench/measured.md and
# docs/performance.svg. Takes 25 minutes on two idle cores.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$repository/scripts/toolchain.sh"
. "$repository/scripts/server.sh"
. "$repository/scripts/suites.sh"
. "$repository/scripts/builds.sh"

# shellcheck disable=SC2046 # names of packages are words
find_toolchain $(missing_python)

python=$cache/bench-venv/bin/python
provide_requirements "the libraries of the benchmark" "$cache/bench-venv" bench/requirements.txt
passed=0 failed=0
build_extension
released_library 0.2.0 "$(sed -n 's/^0\.2\.0 \([0-9a-f]*\) .*/\1/p' sql/released/versions)"
# shellcheck disable=SC2086 # empty is no argument
run_logged "Measuring the lookup as registries grow" bench-registries \
    cargo bench -p registry --bench lookup $ignore_rust_version
# shellcheck disable=SC2086 # empty is no argument
run_logged "Building the command-line tool" build-tool cargo build -p tool $ignore_rust_version

server_settings=bench/postgresql.conf
start_server
scratch=$work/scratch
install -m 755 "$old" "$work/former.so"
mkdir "$scratch"
"$(target_directory)/debug/model-routable" sql providers.yaml >"$work/edition.sql"
chmod 777 "$scratch"
machine="PostgreSQL $("$bindir/postgres" --version | sed 's/^[^0-9]*//; s/ .*//'), $(rustc --version | sed 's/ (.*//'), $(nproc) cores \
of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), load average before the run $(cut -d' ' -f1 /proc/loadavg), on $(LC_ALL=C date '+%-d %B %Y')."
say "Measuring in PostgreSQL"
PYTHONDONTWRITEBYTECODE=1 "$python" bench/run.py --pgbench "$bindir/pgbench" --criterion "${CARGO_TARGET_DIR:-target}/criterion" \
    --edition "$work/edition.sql" --former "$work/former.so" --scratch "$scratch" --machine "$machine" --tables bench/measured.md \
    --chart docs/performance.svg "$@"
