"""Choices made on a page as parts of an address: written and read, and refused where they are not allowed."""

from __future__ import annotations

from collections.abc import Callable, Collection

Allowed = Collection | Callable[[object], bool]
"""The values that a link may bring in, or a check of one."""
LONGEST = 2000
"""Characters of a part of an address that is looked at."""


def to_query_value(value: object) -> str:
    """A value in an address: texts and numbers as they are, lists with commas, switches as 1 or 0."""
    if isinstance(value, (list, tuple)):
        return ",".join(str(each) for each in value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def from_query_value(text: str, like: object, allowed: Allowed) -> object | None:
    """The value that `to_query_value` gave, of the type of `like`; None where it is not allowed."""
    if len(text) > LONGEST:
        return None
    if isinstance(like, list):
        found = [each for each in text.split(",") if each]
        return found if is_allowed(found, allowed) and len(set(found)) == len(found) else None
    if isinstance(like, bool):
        return {"1": True, "0": False}.get(text)
    value = _whole_number(text) if isinstance(like, int) else text
    return value if value is not None and is_allowed(value, allowed) else None


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LONGEST)) + 1 else None


def is_allowed(value: object, allowed: Allowed) -> bool:
    """Whether a value is allowed; of a list, whether each of its values is."""
    if isinstance(value, list):
        return all(is_allowed(each, allowed) for each in value)
    return allowed(value) if callable(allowed) else value in allowed
