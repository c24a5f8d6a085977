"""`python -m website`: builds the documentation site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .building import SiteError, build
from .places import BUILD


def main() -> int:
    """Build the site; exit code 1 with what is wrong where it cannot be built."""
    parser = argparse.ArgumentParser(prog="python -m website", description="Build the documentation site.")
    parser.add_argument("--out", type=Path, default=BUILD, help="folder of the site, which is replaced")
    parser.add_argument("--without-notebooks", action="store_true", help="show the code of notebooks, run none")
    arguments = parser.parse_args()
    try:
        build(arguments.out, not arguments.without_notebooks)
    except (SiteError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
