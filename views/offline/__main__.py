"""Print the file of the Explore page, with scenario files that are given: `python -m views.offline LESSON FILE...`;
the lesson may be empty.

The command line starts this as a process of its own, since nothing below the app may build on the app.
"""

from __future__ import annotations

import sys
from pathlib import Path

from model.scenario import load_scenario
from views.offline.page import offline_page


def main() -> None:
    """Print the page."""
    given = [load_scenario(Path(name)) for name in sys.argv[2:]]
    sys.stdout.buffer.write(offline_page(given, sys.argv[1]).encode())


if __name__ == "__main__":
    main()
