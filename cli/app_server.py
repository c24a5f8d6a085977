"""Starting the app: Streamlit on this machine only by default, and a browser tab once it answers."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

from .refusals import fail, require_extra

ENTRY = Path(__file__).parents[1] / "views" / "shell" / "entry.py"
"""Script that Streamlit runs, with the settings beside it; part of a package, so that every installation has it."""
LIVE_ENTRY = Path(__file__).parents[1] / "views" / "live" / "entry.py"
"""The script with the addresses of the live class; Streamlit finds its settings in the folder in which it starts."""
CLASS_FILE = "HEBEI2025_CLASS_FILE"
"""The variable of the environment with the file of the live classes."""
ANSWERING_HOST = "HEBEI2025_APP_HOST"
"""The variable of the environment with the address at which the app answers."""
PROBE = ("192.0.2.1", 9)
"""An address for documentation, to which nothing is sent: the system only says from where it would send."""
PATIENCE = 60.0
"""Seconds to wait for the server before giving up on opening a browser."""
PAUSE = 0.2
GRACE = 3.0
"""Seconds in which the server may end by itself when it is stopped."""
TRIES = 50
"""Number of ports above the requested one that are tried when suggesting a free port."""


def server_command(host: str, port: int, entry: Path = ENTRY) -> list[str]:
    """The command that serves the app; headless, because Streamlit otherwise asks and advertises on page and screen."""
    settings = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        # Its message at the start would ask a machine in the internet for the address of this one.
        "logger.hideWelcomeMessage": "true",
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    # -P: modules in the folder where the user starts the app must not take the place of ours.
    return [sys.executable, "-P", "-m", "streamlit", "run", str(entry), *options]


def start_streamlit(host: str, port: int, headless: bool, class_file: Path | None = None) -> int:
    """Serve the app until it is stopped; opens a browser unless `headless`. Returns the server's exit code.

    With `class_file` it has live classes, which are kept in this file.
    """
    require_extra("app", "the app")
    require_free(host, port)
    if class_file is not None:
        require_class_file(class_file)
        print(f"Live classes are kept in {class_file}; a teacher opens one on the Classroom page.", file=sys.stderr)
    if not _only_this_machine(host):
        outside = _address(own_address() or host, port) if _is_any(host) else _address(host, port)
        print(
            f"Everybody who reaches this machine can use the app at {outside}; it asks for no password.",
            file=sys.stderr,
        )
    elif class_file is not None:
        print("Phones reach the app only with --host 0.0.0.0.", file=sys.stderr)
    server = subprocess.Popen(
        server_command(host, port, ENTRY if class_file is None else LIVE_ENTRY),
        cwd=ENTRY.parent,
        env=_environment(host, class_file),
    )
    try:
        address = _address(host, port)
        if _answers(f"{address}/_stcore/health", server):
            print(f"The app answers at {address}; Ctrl-C ends it.", flush=True)
            if not headless:
                webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        _end(server)
        return 0


def path_of_app() -> str:
    """The path below which the running server has the app, such as "/hebei"; empty for the root."""
    from streamlit import config

    below = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{below}" if below else ""


def _environment(host: str, class_file: Path | None) -> dict[str, str]:
    own = {ANSWERING_HOST: host}
    if class_file is not None:
        own[CLASS_FILE] = str(class_file.resolve())
    return {**{name: value for name, value in os.environ.items() if name != CLASS_FILE}, **own}


def require_class_file(path: Path) -> None:
    """The exit for bad input unless live classes can be kept in a file; a new one is made."""
    if path.is_dir():
        raise fail(f"{path} is a folder; give a file for --class-file, such as {path / 'class.sqlite'}")
    if not path.parent.is_dir():
        raise fail(f"the folder {path.parent} of --class-file does not exist")
    # The pages of the app are found by their place, as everywhere in the program.
    command = [sys.executable, "-P", "-m", "views.live", str(path.resolve())]
    checked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if checked.returncode:
        raise fail(f"--class-file: {checked.stderr.strip()}")


def _end(server: subprocess.Popen) -> None:
    server.terminate()
    try:
        server.wait(GRACE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def require_free(host: str, port: int) -> None:
    """The exit for bad input unless a server may answer at `host` and `port`; says which port is free."""
    problem = _problem_of(host, port)
    if problem is None:
        return
    where = f"{host}:{port}"
    if problem == errno.EADDRINUSE:
        free = next((p for p in range(port + 1, min(port + TRIES, 65535)) if _problem_of(host, p) is None), None)
        hint = f"choose another, such as --port {free}" if free else "choose another with --port"
        raise fail(f"port {port} is in use; {hint}")
    if problem == errno.EACCES:
        raise fail(f"port {port} may not be used without the rights of an administrator; allowed: --port 1024 to 65535")
    raise fail(
        f"--host {host}: the app cannot answer at {where}: {os.strerror(problem)}; allowed: an address of this "
        "machine, such as 127.0.0.1 or 0.0.0.0"
    )


def _problem_of(host: str, port: int) -> int | None:
    """The number of the error that binding to a port gives; None where it works."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        return errno.EADDRNOTAVAIL
    try:
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as servers do: a port on which an old connection is still closing is free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return None


def _only_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _is_any(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_unspecified
    return False


def own_address() -> str | None:
    """The address of this machine in its network; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(PROBE)
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _address(host: str, port: int) -> str:
    """The address under which a browser on this machine reaches the app."""
    with contextlib.suppress(ValueError):
        known = ipaddress.ip_address(host)
        if known.is_unspecified:
            host = "127.0.0.1" if known.version == 4 else "[::1]"
        elif known.version == 6:
            host = f"[{host}]"
    return f"http://{host}:{port}"


def _answers(address: str, server: subprocess.Popen) -> bool:
    """Wait until the server answers; false when it ends or takes too long."""
    begin = time.monotonic()
    while server.poll() is None and time.monotonic() - begin < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=PAUSE * 5):  # noqa: S310 (always http)
                return True
        except urllib.error.HTTPError:
            return True  # the app is below a path
        except (urllib.error.URLError, OSError):
            time.sleep(PAUSE)
    return False
