"""Results come to lie in a folder all at once or not at all, also where the program is stopped half way.

Everything is written into a hidden folder first and moved into place at the end. The hidden folder is locked while its
process lives, so that a later run can tell what a killed process left behind and remove that alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import ModuleType, TracebackType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

PREFIX = ".hebei2025-"
_STAGE_NAME = re.compile(re.escape(PREFIX) + r"[a-z0-9_]{8}")
DAY = 24 * 3600.0
"""Seconds after which a hidden folder is abandoned on a file system that cannot lock."""
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Signals that ask the program to stop."""


_active: set[Path] = set()
"""Hidden folders of this process."""


class OutputError(OSError):
    """Results cannot be written; the message says where and why."""


class Staged:
    """A hidden folder whose content `move` puts into `folder` when all went well; otherwise nothing remains of it.

    It lies in the goal where that exists, else beside it: moves within one file system are renames. `move` gets the
    hidden folder and the function that puts one file or folder in a place; with `move=None` nothing is put anywhere.
    """

    def __init__(self, folder: Path, move: Callable[[Path, Mover], None] | None):
        self.folder = folder
        self.move = move
        self.new_folders: list[Path] = []

    @property
    def stage(self) -> Path:
        """Where the results are written."""
        return self.hidden / "results"

    def __enter__(self) -> Path:
        _require_folder(self.folder)
        try:
            home = self.folder if self.folder.is_dir() else self.folder.parent
            self.new_folders = [p for p in (home, *home.parents) if not p.exists()]
            home.mkdir(parents=True, exist_ok=True)
            # The folder above comes first: all processes lock in this order.
            places = dict.fromkeys((self.folder.resolve().parent, home.resolve()))
            with contextlib.ExitStack() as stack:
                for place in [place for place in places if place.is_dir()]:
                    stack.enter_context(locked(place))
                    remove_abandoned(place)
                self.hidden = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
                _active.add(self.hidden)
                self.lock = _lock(self.hidden, wait=False)
            self.stage.mkdir()
        except OSError as error:
            self._remove_new_folders()
            raise self._refusal(error) from None
        return self.stage

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        done = False
        try:
            if kind is None and self.move is not None:
                self._move(self.move)
                done = True
        except OSError as failure:
            error = failure
        finally:
            shutil.rmtree(self.hidden, ignore_errors=True)
            _active.discard(self.hidden)
            _unlock(self.lock)
            if not done:
                self._remove_new_folders()
        if isinstance(error, OutputError):
            raise error
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise self._refusal(error) from None

    def _move(self, move: Callable[[Path, Mover], None]) -> None:
        if not self.folder.exists():
            self.folder.mkdir()
            self.new_folders.insert(0, self.folder)
        replaced = self.hidden / "replaced"
        replaced.mkdir()
        mover = Mover(replaced)
        with locked(self.folder), uninterrupted():
            try:
                move(self.stage, mover)
            except OSError:
                mover.undo()
                raise

    def _remove_new_folders(self) -> None:
        for parent in self.new_folders:
            with contextlib.suppress(OSError):
                parent.rmdir()

    def _refusal(self, error: OSError) -> OutputError:
        return OutputError(f"{self.folder} cannot be written: {error.strerror or error}; choose another --out")


class Mover:
    """Renames that can be taken back: files that are replaced stay in a separate folder until all is done."""

    def __init__(self, replaced: Path):
        self._replaced = replaced
        self._done: list[tuple[Path, Path]] = []
        self._new_folders: list[Path] = []

    def make_folder(self, place: Path) -> None:
        """Make a folder where there is none."""
        if not place.is_dir():
            place.mkdir()
            self._new_folders.append(place)

    def put(self, source: Path, goal: Path) -> None:
        """Rename `source` to `goal`; an existing file there is moved away."""
        if goal.exists() or goal.is_symlink():
            self.remove(goal)
        self._rename(source, goal)

    def remove(self, place: Path) -> None:
        """Take a file away."""
        self._rename(place, self._replaced / str(len(self._done)))

    def _rename(self, source: Path, goal: Path) -> None:
        os.replace(source, goal)
        self._done.append((source, goal))

    def undo(self) -> None:
        """Put everything back where it was."""
        for source, goal in reversed(self._done):
            with contextlib.suppress(OSError):
                os.replace(goal, source)
        for place in reversed(self._new_folders):
            with contextlib.suppress(OSError):
                place.rmdir()


def _require_folder(folder: Path) -> None:
    """Refuse a goal that is a file, or on whose way a link leads nowhere."""
    for place in (folder, *folder.parents):
        if place.is_symlink() and not place.exists():
            raise OutputError(f"{place} is a link to {os.readlink(place)}, which does not exist; choose another --out")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; give a folder for --out")


def write_whole(file: Path, text: str) -> None:
    """Write a text file beside its place first, so that it is there as a whole or as it was before."""
    place = file.resolve() if file.is_symlink() else file
    part = place.with_name(f"{PREFIX}{os.getpid()}-{place.name}")
    try:
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            os.replace(part, place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}; choose another --out") from None


def write_folder(files: Mapping[str, bytes], out: Path) -> None:
    """Write files, by their place in the folder `out`, all or none; files of the same place give way."""

    def move(stage: Path, mover: Mover) -> None:
        for name in files:
            for folder in reversed(PurePosixPath(name).parents[:-1]):
                mover.make_folder(out / folder)
            mover.put(stage / name, out / name)

    with Staged(out, move) as stage:
        for name, content in files.items():
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_bytes(content)


def remove_active() -> None:
    """Remove the hidden folders of this process, which is about to end without leaving the `Staged` blocks."""
    for stage in tuple(_active):
        shutil.rmtree(stage, ignore_errors=True)


def remove_abandoned(home: Path) -> None:
    """Remove the hidden folders that killed processes left in `home`; those of living processes stay."""
    with contextlib.suppress(OSError):
        for place in home.iterdir():
            if _STAGE_NAME.fullmatch(place.name) and place.is_dir() and not place.is_symlink():
                _remove_if_abandoned(place)


def _remove_if_abandoned(stage: Path) -> None:
    try:
        lock = _lock(stage, wait=False)
    except BlockingIOError:
        return
    if lock is not None or time.time() - stage.stat().st_mtime > DAY:
        shutil.rmtree(stage, ignore_errors=True)
    _unlock(lock)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """No other process changes `folder` meanwhile; it waits, where the file system can lock."""
    lock = _lock(folder, wait=True)
    try:
        yield
    finally:
        _unlock(lock)


@contextlib.contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Another process that wants to hold `folder` meanwhile is refused with an `OutputError`."""
    try:
        lock = _lock(folder, wait=False)
    except BlockingIOError:
        raise OutputError(f"{folder} is in use by another process; wait for it, or choose another --out") from None
    try:
        yield
    finally:
        _unlock(lock)


def _lock(folder: Path, wait: bool) -> int | None:
    """Lock a folder until `_unlock` or the end of the process; None where the system cannot lock folders.

    Raises BlockingIOError where another process has the lock and `wait` is false.
    """
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # some network file systems
        os.close(handle)
        return None
    return handle


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Requests to stop are ignored, so that results never come to lie half old, half new."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
