"""Errors that the engine raises when a model is declared or run wrongly."""

import difflib
from collections.abc import Iterable


class DeclarationError(ValueError):
    """A wrong declaration of a variable; the message names it and the remedy."""


class UnitError(DeclarationError):
    """The unit of an equation differs from the declared unit."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: similar names, if there are any."""
    near = difflib.get_close_matches(name, list(known), n=3)
    return f"; did you mean {', '.join(near)}?" if near else ""
