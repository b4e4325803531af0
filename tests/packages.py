"""The three packages say the same of themselves, and an address is written once.

Their version, and once there is one their address, stand in the workspace's Cargo.toml alone. What
`cargo xtask gen` writes from there (CITATION.cff, [project.urls], package.json) is checked by it.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def toml(path: str) -> dict:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


command = ["cargo", "metadata", "--format-version", "1", "--no-deps"]
metadata = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout)
crates = {package["name"]: package for package in metadata["packages"]}
core = crates["mi-core"]
workspace = toml("Cargo.toml")["workspace"]
python = toml("mi-py/pyproject.toml")["project"]
npm = json.loads((ROOT / "mi-wasm/js/package.json").read_text(encoding="utf-8"))
wrong = []


def same(what: str, found: object, expected: object) -> None:
    if found != expected:
        wrong.append(f"{what}: {found!r}, expected {expected!r}")


for field in ("description", "keywords", "license"):
    same(f"pyproject.toml, {field}", python[field], core[field])
    same(
        f"package.json, {field}",
        re.sub(r"^\((.*)\)$", r"\1", npm[field]) if field == "license" else npm[field],
        core[field],
    )  # npm wants parentheses around "or"

same("pyproject.toml, version", python["dynamic"], ["version"])
same("package.json, version (`cargo xtask wasm` fills it in)", npm["version"], "0.0.0")
for name, crate in crates.items():
    same(f"{name}, version", crate["version"], workspace["package"]["version"])

published = [crate for crate in crates.values() if crate["publish"] is None]
for crate in published:
    # `None` until the workspace states it: what nobody owns yet, nobody is sent to.
    for field in ("homepage", "repository"):
        expected = workspace["package"].get(field)
        same(f"{crate['name']}, {field}.workspace", crate[field], expected)
    for dependency in crate["dependencies"]:
        if dependency["name"] in crates:
            same(
                f"{crate['name']}, {dependency['name']}", dependency["req"], f"={crate['version']}"
            )

print(f"{len(crates)} crates, {len(published)} of them published, version {core['version']}")
sys.exit("\n".join(wrong) or None)
