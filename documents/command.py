"""`hebei2025 documents`: renews generated documents, or names those that are out of date."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .index_page import PAGE as INDEX_PAGE
from .index_page import index_page
from .places import DOCS, ROOT
from .registry import DOCUMENTS, Document
from .writing import is_current, replace_file

INDEX = Document("index", "Index of docs/", "the list of documents", INDEX_PAGE, lambda: {INDEX_PAGE: index_page()})
ALL = {**DOCUMENTS, INDEX.name: INDEX}
Say = Callable[[str], None]


class DocumentsError(ValueError):
    """The command cannot be carried out; the message gives the reason."""


@dataclass(frozen=True)
class Changes:
    """Files of a document that differ from what the model, its data and the stored results give: `texts` to be written,
    `leftovers` to be deleted."""

    texts: dict[Path, str]
    leftovers: tuple[Path, ...]

    @property
    def files(self) -> list[str]:
        """Names of all files concerned, from the root of the checkout."""
        return sorted(str(file.relative_to(ROOT)) for file in (*self.texts, *self.leftovers))


def chosen_documents(names: Sequence[str]) -> list[Document]:
    """The documents with these names (default: all), in the order in which they are written.

    Raises DocumentsError for an unknown name, and where there is no checkout.
    """
    if not (DOCS.is_dir() and (ROOT / "pyproject.toml").is_file()):
        raise DocumentsError(
            "documents belong to a checkout of the project, and this installation has no docs/; run the command there"
        )
    unknown = [name for name in names if name not in ALL]
    if unknown:
        raise DocumentsError(f"{unknown[0]}: no document has this name; allowed: {', '.join(ALL)}")
    return [document for name, document in ALL.items() if not names or name in names]


def changes_of(document: Document) -> Changes:
    """What is out of date in a document. Raises DocumentsError where a stored result is missing or does not fit."""
    try:
        texts = document.texts()
    except (FileNotFoundError, ValueError) as error:
        raise DocumentsError(f"{document.name}: {error}; {renewal([document.name], slow=True)}") from None
    changed = {file: text for file, text in texts.items() if not is_current(file, text)}
    return Changes(changed, tuple(document.leftovers(texts)))


def check(documents: Sequence[Document], say: Say) -> bool:
    """Whether all documents are up to date; names the files that are not, with the command that renews them."""
    outdated = []
    for document in documents:
        files = changes_of(document).files
        outdated += [document.name] if files else []
        say(f"{document.name}: {'out of date: ' + ', '.join(files) if files else 'up to date'}")
    if outdated:
        say(renewal(outdated))
    return not outdated


def renew(documents: Sequence[Document], slow: bool, say: Say) -> None:
    """Write what is out of date; with `slow`, first compute the stored results again. Every file is replaced whole."""
    for document in documents:
        if slow and document.compute is not None:
            _compute(document, say)
        changes = changes_of(document)
        for file, text in changes.texts.items():
            replace_file(file, text)
        for file in changes.leftovers:
            file.unlink()
        say(f"{document.name}: {'renewed: ' + ', '.join(changes.files) if changes.files else 'up to date'}")
        if document.place.is_relative_to(ROOT / "model") and changes.files:
            raise DocumentsError(
                "values of the model have changed; run the command again to renew what depends on them"
            )


def _compute(document: Document, say: Say) -> None:
    """Compute the stored results of a document; each is written when it is ready."""
    assert document.compute is not None
    start = time.monotonic()
    for texts in document.compute(lambda what: say(f"{document.name}: {what} ...")):
        for file, text in texts.items():
            replace_file(file, text)
            say(f"{document.name}: stored {file.relative_to(ROOT)} after {time.monotonic() - start:.0f} s")


def renewal(names: Sequence[str], slow: bool = False) -> str:
    """The command that renews documents, in a sentence."""
    return f"renew with: hebei2025 documents {' '.join(names)}{' --slow' if slow else ''}"


def overview(document: Document) -> tuple[str, str, str, str]:
    """Name, place, what it is written from, and the minutes that its stored results take."""
    place = str(document.place.relative_to(ROOT))
    return document.name, place, document.written_from, str(document.minutes or "")
