"""The command line, as ``mi`` or ``python -m mi_core``."""

import argparse
import sys
from collections.abc import Sequence

from . import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(prog="mi", description=__doc__)
    parser.add_argument("--version", action="version", version=f"mi-core {__version__}")
    parser.parse_args(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
