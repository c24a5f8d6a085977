"""`hebei2025 documents`: generated pages and tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .listing import print_table

OUT_OF_DATE = 1
BAD_INPUT = 2


def run_documents(names: Sequence[str], check: bool, slow: bool, list_only: bool) -> int:
    """Renew, check or list documents; the exit code."""
    from documents import command

    if check and slow:
        print("--check computes nothing, so it does not go with --slow; leave one of the two out", file=sys.stderr)
        return BAD_INPUT
    try:
        documents = command.chosen_documents(names)
        if list_only:
            columns = ("name", "place", "written from", "minutes with --slow")
            print_table("documents", columns, [command.overview(document) for document in documents])
            return 0
        if check:
            return 0 if command.check(documents, _say) else OUT_OF_DATE
        command.renew(documents, slow, _say)
    except command.DocumentsError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return 0


def _say(text: str) -> None:
    """Print at once, so that progress is seen through pipes too."""
    print(text, flush=True)
