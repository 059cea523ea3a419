"""Packages of the distribution, unpacked into a folder of the cache. That needs no root and starts no service, and the machine
stays as it is."""

import glob
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

UNPACKED = Path(os.environ["MODEL_ROUTABLE_CACHE"]) / "clients/debian"


def as_root(*command):
    return command if os.getuid() == 0 else ("sudo", "-n", *command)


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def install_packages(*packages):
    """Installs packages on the machine."""
    print(f"==> Installing {' '.join(packages)}", flush=True)
    subprocess.run(as_root("apt-get", "update"), stdout=subprocess.DEVNULL, check=True)
    subprocess.run(
        as_root("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", *packages),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def unpack(*packages):
    """Unpacks packages and what they need beyond what is installed. Returns whether the distribution has them."""
    mark = UNPACKED / "marks" / packages[0]
    if mark.exists():
        return True
    if not shutil.which("apt-get"):
        return False
    update_lists()
    plan = subprocess.run(
        ["apt-get", "install", "-s", "--no-install-recommends", *packages], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    # A package that would be upgraded on the way is there already; its version is in brackets, before that in parentheses.
    lines = [line.split() for line in plan.stdout.splitlines() if line.startswith("Inst ")]
    wanted = [name for _, name, version, *_ in lines if version.startswith("(")]
    if plan.returncode != 0:
        return False
    print(f"==> Unpacking {' '.join(packages)} into {UNPACKED}", flush=True)
    mark.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED) as downloads:
        if wanted and subprocess.run(["apt-get", "-o", "APT::Sandbox::User=root", "download", *wanted], cwd=downloads, stdout=subprocess.DEVNULL).returncode != 0:
            return False
        for archive in Path(downloads).glob("*.deb"):
            subprocess.run(["dpkg", "-x", archive, UNPACKED], check=True)
    fix_links()
    mark.touch()
    return True


def update_lists():
    """Reads the lists of packages, which a new machine does not have yet."""
    if not output_of("apt-cache", "policy", "pgbouncer"):
        subprocess.run(as_root("apt-get", "update"), stdout=subprocess.DEVNULL)


def fix_links():
    """Redirects links to files that an installed package would have elsewhere on the machine, such as a JDK's settings."""
    for link in UNPACKED.rglob("*"):
        if not link.is_symlink():
            continue
        target = os.readlink(link)
        unpacked = UNPACKED / target.lstrip("/")
        if target.startswith("/") and not Path(target).exists() and unpacked.exists():
            link.unlink()
            link.symlink_to(unpacked)


def version_of(package):
    """The version of a package, unpacked or installed."""
    lines = output_of("apt-cache", "policy", package).splitlines()
    return next(line.split(": ")[1] for line in lines if line.startswith("  Candidate: "))


def places(*patterns):
    """The files and folders of these patterns below the unpacked packages and below the machine's root, joined by colons."""
    return ":".join(
        place for pattern in patterns for top in (f"{UNPACKED}/", "/") for place in sorted(glob.glob(top + pattern))
    )


def environment():
    """The variables by which unpacked programs are found."""
    variables = {
        "PATH": f"{UNPACKED}/usr/sbin:{UNPACKED}/usr/bin:{os.environ['PATH']}:{places('usr/lib/jvm/*/bin')}",
        "LD_LIBRARY_PATH": places("usr/lib/*-linux-gnu"),
        "PERL5LIB": places("usr/lib/*/perl5/*", "usr/share/perl5"),
        "RUBYLIB": places(
            "usr/lib/ruby/vendor_ruby", "usr/lib/*/ruby/vendor_ruby/*", "usr/lib/ruby/[0-9]*", "usr/lib/*/ruby/[0-9]*"
        ),
        "GEM_PATH": places("usr/share/rubygems-integration/*", "usr/lib/ruby/gems/*"),
        "GO111MODULE": "off",
        "CGO_ENABLED": "0",
        "GOPATH": places("usr/share/gocode"),
        "GOCACHE": str(UNPACKED.parent / "go"),
    }
    go = places("usr/lib/go-[0-9]*").split(":")[0]
    return variables | ({"GOROOT": go} if go else {})
