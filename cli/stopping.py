"""Requests to stop: Ctrl-C, SIGTERM and SIGHUP all end the program in the same way, and soon."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

from batch.staging import SIGNALS, remove_active

INTERRUPTED = 130
"""Exit code after a request to stop."""
PATIENCE = 5.0
"""Seconds in which the program may clean up before it is ended."""
NOTHING = "interrupted; nothing was written"
_SAID = threading.Event()
"""Set when the program has said that it was stopped."""


@contextlib.contextmanager
def saying(message: str = NOTHING) -> Iterator[None]:
    """Say what a request to stop has left, when one comes inside."""
    try:
        yield
    except KeyboardInterrupt:
        say_stopped(message)
        raise


def say_stopped(message: str) -> None:
    """Say what a request to stop has left."""
    _SAID.set()
    print(message, file=sys.stderr, flush=True)


def say_at_least() -> None:
    """Say that the program was stopped where nothing has said so."""
    if not _SAID.is_set():
        say_stopped("interrupted")


def stop_on_signals() -> None:
    """Turn each request to stop into a KeyboardInterrupt; a signal that the caller has switched off stays off.

    A long call of a library may keep Python from noticing a signal, so another thread sees to the end.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in SIGNALS:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _interrupt)
    here, there = socket.socketpair()
    there.setblocking(False)
    signal.set_wakeup_fd(there.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_end_after, args=(here, there), name="stopping", daemon=True).start()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end_after(signals: socket.socket, other_end: socket.socket) -> None:
    """End the program when it has not ended by itself some seconds after a signal.

    `other_end` is held here only so that it stays open.
    """
    while True:
        received = signals.recv(1)
        if not received or received[0] in SIGNALS:
            break
    time.sleep(PATIENCE)
    remove_active()
    say_at_least()
    os._exit(INTERRUPTED)
