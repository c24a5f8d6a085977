"""How to cite the state that a link opens: as text and as BibTeX, with versions and hashes that make it repeatable."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from urllib.parse import parse_qsl, urlencode, urlsplit

from batch.manifest import model_hash
from calibration.posterior import WINDOWS
from model.scenario import shipped_scenarios
from views.language import DEFAULT, Locale

from .evidence_tables import calibration_summary
from .settings import Settings

PACKAGE = "hebei2025"
AUTHOR = "hebei2025 contributors"
"""The project as author, as CITATION.cff names it."""
LICENCE_FIELDS = ("License-Expression", "License")
"""Fields of the metadata of a package that name its licence."""
KEY_DIGITS = 8
ESCAPED = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", '"': "%22", " ": "%20"})
"""Characters of an address that would end or break a field of BibTeX, as addresses write them."""
BIBTEX = """@misc{{{key},
  author = {{{{{author}}}}},
  title = {{{{{title}}}}},
  year = {{{year}}},
  version = {{{version}}},
  note = {{Computer software, version {version}; model {model}; data {data}}},
  url = {{{link}}},
  urldate = {{{date}}}
}}"""


@dataclass(frozen=True)
class Citation:
    """A citation: running text, BibTeX, version of the package, hash of the model, hash of the data behind the values
    of its parameters (observations with their errors, and priors), and the licence in words."""

    text: str
    bibtex: str
    version: str
    model_hash: str
    data_hash: str
    licence: str


@functools.cache
def package_version() -> str:
    """Version of the installed package."""
    return metadata.version(PACKAGE)


def licence(locale: Locale) -> str:
    """The licence that the package states, or that none has been chosen."""
    stated = metadata.metadata(PACKAGE)
    named = [stated[field] for field in LICENCE_FIELDS if field in stated]
    return named[0] if named else locale.translate("cite.no_licence")


def citation(link: str, locale: Locale, today: date) -> Citation:
    """The citation of the state that `link` opens, as seen on a day. The BibTeX is in English, since few styles set
    Chinese; its key is the same for the same version, model, data and state."""
    address = link.translate(ESCAPED)
    identity = {
        "version": package_version(),
        "model": model_hash(),
        "data": calibration_summary(WINDOWS[-1])["data_hash"],
    }
    seen = {"author": AUTHOR, "year": today.year, "date": today.isoformat(), "link": address}
    digest = hashlib.sha256("\n".join([*identity.values(), _state(link)]).encode()).hexdigest()
    entry = BIBTEX.format(
        key=f"{PACKAGE}_{digest[:KEY_DIGITS]}", title=Locale(DEFAULT).translate("cite.title"), **identity, **seen
    )
    text = locale.translate("cite.text", title=locale.translate("cite.title"), **identity, **seen)
    return Citation(text, entry, identity["version"], identity["model"], identity["data"], licence(locale))


def _state(link: str) -> str:
    """What a link says about the state: neither where the app runs nor the language."""
    return urlencode([part for part in parse_qsl(urlsplit(link).query) if part[0] != "lang"])


def cited_link(link: str, settings: Settings) -> str:
    """The link that a citation of these settings gives: without the settings where they start from an uploaded
    scenario, which no link holds."""
    return link if settings.base in shipped_scenarios() else link.partition("?")[0]


def versions_text(one: Citation, locale: Locale) -> str:
    """Version and hashes in words."""
    return locale.translate(
        "cite.versions", version=one.version, model=one.model_hash, data=one.data_hash, last=WINDOWS[-1]
    )


def licence_text(one: Citation, locale: Locale) -> str:
    """The licence in a sentence."""
    return locale.translate("cite.licence", licence=one.licence)
