"""The package as it is installed: one version, no imports that nobody asked for."""

import re
import subprocess
import sys
from importlib.metadata import entry_points, version
from pathlib import Path

import mi_core

ROOT = Path(__file__).parents[2]
DATA_FRAMES = {"arro3", "duckdb", "numpy", "pandas", "polars", "pyarrow"}
LOOKED_FOR = """
import sys
from datetime import date

class Finder:
    def find_spec(self, name, path=None, target=None):
        print(name.partition(".")[0])

sys.meta_path.insert(0, Finder())
import mi_core.__main__
protocol = mi_core.Protocol.dual_diagnosis()
review = protocol.review(mi_core.ClientRecord("client-7"), as_of=date(2026, 8, 20))
review.to_dict(), protocol.render(review)
"""


def test_one_version_stands_in_the_workspace_the_wheel_and_the_module() -> None:
    workspace = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
    assert workspace is not None
    assert mi_core.__version__ == version("mi-core") == workspace[1]


def test_the_installed_package_is_tested_not_the_source_tree() -> None:
    assert ROOT / "mi-py" not in Path(mi_core.__file__).parents


def test_it_looks_for_no_data_frame_library() -> None:
    """One that is not installed is never loaded: what counts is what is looked for."""
    run = subprocess.run([sys.executable, "-c", LOOKED_FOR], capture_output=True, check=True)
    looked_for = set(run.stdout.decode().split())
    assert {"json", "mi_core"} <= looked_for
    assert looked_for.isdisjoint(DATA_FRAMES)


def test_the_command_line_tells_its_version() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "mi_core", "--version"], capture_output=True, check=True, text=True
    )
    assert run.stdout.strip() == f"mi-core {mi_core.__version__}"


def test_the_console_script_is_called_mi() -> None:
    (script,) = entry_points(group="console_scripts", name="mi")
    assert script.value == "mi_core.__main__:main"
