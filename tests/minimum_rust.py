"""No dependency of mi-core may need a newer Rust than mi-core declares.

Clippy's `incompatible_msrv` watches over our own use of the standard library.
"""

import json
import subprocess
import sys


def version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))[:2]


command = ["cargo", "metadata", "--format-version", "1", "--all-features"]
metadata = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
(core,) = (key for key, package in packages.items() if package["name"] == "mi-core")
declared = packages[core]["rust_version"]

seen: set[str] = set()
to_visit = [core]
while to_visit:
    key = to_visit.pop()
    if key not in seen:
        seen.add(key)
        to_visit += [
            dependency["pkg"]
            for dependency in nodes[key]["deps"]
            if any(kind["kind"] is None for kind in dependency["dep_kinds"])
        ]

newer = [
    f"{package['name']} {package['version']} needs Rust {package['rust_version']}"
    for package in map(packages.__getitem__, sorted(seen))
    if package["rust_version"] and version(package["rust_version"]) > version(declared)
]
print(f"mi-core declares Rust {declared}; {len(seen) - 1} dependencies looked at")
sys.exit("\n".join(newer) or None)
