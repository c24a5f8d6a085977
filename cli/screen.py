"""Where tables go: as wide as the window, and wide where they go into a file or another program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 160
"""Characters in a line where nobody looks at a window, and from which names are not broken."""


def console() -> Console:
    """Standard output; its width is that of the window, or COLUMNS."""
    from rich.console import Console

    found = Console()
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found.width = WIDE
    return found
