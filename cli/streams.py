"""Standard output and error: closed, in a pipe that nobody reads any more, or unable to show Chinese."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO

PIPE_CLOSED = 141
"""Exit code where the reader of a pipe went away, as shells give it for SIGPIPE (128 + 13)."""


def open_streams() -> None:
    """Give every stream a place to write to, and write Chinese text in UTF-8 unless a terminal wants otherwise.

    Without this, the next file to be opened would take the number of a closed stream, and messages would go into it.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is given out; those below have been filled before.
            os.open(os.devnull, os.O_RDWR)
    sys.stdout, sys.stderr = _opened(sys.stdout), _opened(sys.stderr)


def _opened(stream: TextIO | None) -> TextIO:
    if stream is None or stream.closed:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if hasattr(stream, "reconfigure"):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def flush(code: int) -> int:
    """Write out what waits in the streams; the exit code that `code` becomes where that is not possible."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            _discard(stream)
            code = PIPE_CLOSED
        except OSError as error:
            _discard(stream)
            with contextlib.suppress(OSError):
                print(f"hebei2025: the output cannot be written: {error.strerror}", file=sys.stderr, flush=True)
            code = code or 1
    return code


def _discard(stream: TextIO) -> None:
    """Let what waits in a stream go nowhere, so that the end of the program does not try again."""
    with contextlib.suppress(OSError, ValueError):
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, stream.fileno())
        os.close(handle)


def pipe_was_closed(error: BaseException | None) -> bool:
    """Whether an error goes back to a pipe that nobody reads; typer and rich turn it into a plain exit."""
    while error is not None:
        if isinstance(error, BrokenPipeError):
            return True
        error = error.__context__
    return False
