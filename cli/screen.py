"""The console for tables: as wide as the window, and 160 characters in files and pipes."""

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

    screen = Console()
    if not screen.is_terminal and "COLUMNS" not in os.environ:
        screen.width = WIDE
    return screen


def say(text: str) -> None:
    """Print sentences, broken between words in a window, and in one line in files and pipes."""
    screen = console()
    if screen.is_terminal:
        screen.print(text, markup=False, highlight=False, emoji=False)
    else:
        print(text)
