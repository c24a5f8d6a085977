"""Under which addresses phones in the same network reach this machine."""

from __future__ import annotations

import functools
import ipaddress
import os

from cli.app_server import ANSWERING_HOST, own_address


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
    return (host,) if not known.is_unspecified else tuple(filter(None, [own_address()]))
