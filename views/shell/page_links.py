"""What is chosen on a page, as parts of an address: written and read, with nothing taken over that is not allowed."""

from __future__ import annotations

from collections.abc import Callable, Collection

Allowed = Collection | Callable[[object], bool]
"""The values that a link may bring in, or a check of one."""
LONGEST = 2000
"""Characters of a part of an address that is looked at."""


def written(value: object) -> str:
    """A value in an address: texts and numbers as they are, lists with commas, switches as 1 or 0."""
    if isinstance(value, (list, tuple)):
        return ",".join(str(each) for each in value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def read_value(text: str, like: object, allowed: Allowed) -> object | None:
    """The value that `written` gave, of the type of `like`; None where it is not allowed."""
    if len(text) > LONGEST:
        return None
    if isinstance(like, list):
        found = [each for each in text.split(",") if each]
        return found if may(found, allowed) and len(set(found)) == len(found) else None
    if isinstance(like, bool):
        return {"1": True, "0": False}.get(text)
    value = _whole(text) if isinstance(like, int) else text
    return value if value is not None and may(value, allowed) else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LONGEST)) + 1 else None


def may(value: object, allowed: Allowed) -> bool:
    """Whether a value is allowed; of a list, whether each of its values is."""
    if isinstance(value, list):
        return all(may(each, allowed) for each in value)
    return allowed(value) if callable(allowed) else value in allowed
