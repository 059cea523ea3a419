#!/usr/bin/env python3
"""Prints the bill of materials, in CycloneDX's JSON: the crates that the libraries and the tool contain, each with its version,
licence, checksum and dependencies. The same commit gives the same bytes."""

import json
import subprocess
import tomllib
from pathlib import Path

PACKAGES = ("model_routable", "model_routable_reader", "tool")


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments, "--locked"], stdout=subprocess.PIPE, text=True, check=True).stdout


def contained():
    """Name and version of each crate whose code is in a library or the tool. A procedural macro only runs in the compiler."""
    selected = [argument for package in PACKAGES for argument in ("-p", package)]
    tree = cargo("tree", *selected, "--edges", "normal", "--prefix", "none", "--format", "{p}")
    lines = [line.split() for line in tree.splitlines() if line and "(proc-macro)" not in line]
    return {(name, version.removeprefix("v")) for name, version, *_ in lines}


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, checksums):
    shown = {
        "type": "library",
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "licenses": [{"expression": package["license"].replace("/", " OR ")}],
        "purl": purl(package),
    }
    checksum = checksums.get((package["name"], package["version"]))
    return shown | ({"hashes": [{"alg": "SHA-256", "content": checksum}]} if checksum else {})


def main():
    metadata = json.loads(cargo("metadata", "--format-version", "1"))
    lock = tomllib.loads(Path(metadata["workspace_root"], "Cargo.lock").read_text())
    checksums = {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}
    crates = contained()
    packages = {package["id"]: package for package in metadata["packages"] if (package["name"], package["version"]) in crates}
    edges = {node["id"]: node["deps"] for node in metadata["resolve"]["nodes"]}
    dependencies = [
        {
            "ref": purl(package),
            "dependsOn": sorted(
                purl(packages[edge["pkg"]])
                for edge in edges[identifier]
                if edge["pkg"] in packages and any(kind["kind"] is None for kind in edge["dep_kinds"])
            ),
        }
        for identifier, package in packages.items()
    ]
    main_package = next(package for package in packages.values() if package["name"] == "model_routable")
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(main_package, checksums)},
        "components": sorted(
            (component(package, checksums) for package in packages.values() if package is not main_package), key=lambda it: it["purl"]
        ),
        "dependencies": sorted(dependencies, key=lambda it: it["ref"]),
    }
    print(json.dumps(bill, indent=1))


if __name__ == "__main__":
    main()
