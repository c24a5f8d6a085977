"""Errors that the engine raises when a model is declared or run wrongly."""


class DeclarationError(ValueError):
    """A variable is declared wrongly; the message names it and says what to do."""


class UnitError(DeclarationError):
    """The unit of an equation differs from the declared unit."""
