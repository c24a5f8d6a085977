"""Under which addresses phones in the same network reach this machine."""

from __future__ import annotations

import functools
import ipaddress
import os
import socket

from cli.app_server import ANSWERING_HOST

PROBE = ("192.0.2.1", 9)
"""An address for documentation, to which nothing is sent: the system only says from where it would send."""


@functools.cache
def reachable_addresses() -> tuple[str, ...]:
    """Addresses without port; empty where the app answers on this machine only."""
    host = os.environ.get(ANSWERING_HOST, "")
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return () if host in ("", "localhost") else (host,)
    if known.is_loopback:
        return ()
    return (host,) if not known.is_unspecified else tuple(filter(None, [_own_address()]))


def _own_address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(PROBE)
        except OSError:
            return None
        return str(probe.getsockname()[0])
