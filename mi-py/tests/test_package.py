"""The package as it is installed: one version, no imports that nobody asked for."""

import re
import subprocess
import sys
from importlib.metadata import entry_points, version
from pathlib import Path

import mi_core

ROOT = Path(__file__).parents[2]
DATA_FRAMES = ("arro3", "duckdb", "pandas", "polars", "pyarrow")


def test_one_version_stands_in_the_workspace_the_wheel_and_the_module() -> None:
    workspace = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
    assert workspace is not None
    assert mi_core.__version__ == version("mi-core") == workspace[1]


def test_the_installed_package_is_tested_not_the_source_tree() -> None:
    assert ROOT / "mi-py" not in Path(mi_core.__file__).parents


def test_importing_it_imports_no_data_frame_library() -> None:
    script = f"import sys, mi_core; print([m for m in {DATA_FRAMES} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"


def test_the_command_line_tells_its_version() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "mi_core", "--version"], capture_output=True, check=True, text=True
    )
    assert run.stdout.strip() == f"mi-core {mi_core.__version__}"


def test_the_console_script_is_called_mi() -> None:
    (script,) = entry_points(group="console_scripts", name="mi")
    assert script.value == "mi_core.__main__:main"
