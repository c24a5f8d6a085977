"""The packages that the product and its tools are installed with: versions, licences, and who needs whom."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml
from license_expression import get_spdx_licensing
from packaging.requirements import Requirement

from .facts import NAME, normalised, project

LICENCES = Path(__file__).parent / "licences.yaml"
REQUIRED, OPTIONAL, TOOL = "required", "optional", "excluded"
"""Whether a package is needed always, by an extra of the product, or only to test, document and release it."""
EXTRAS_OF_TOOLS = ("test", "docs", "release")
EXTRAS = ("app", "files", "analysis", "search", "cluster")
SPDX = get_spdx_licensing()
Fields = Mapping[str, Any]
"""What a package says of itself, in the form that the JSON of its metadata has."""


class LicenceError(Exception):
    """A package does not say under which licence it is in words that are known."""


@dataclass(frozen=True)
class Package:
    """A package as it is installed; `needs` are the names of others."""

    name: str
    version: str
    licence: str
    scope: str
    summary: str
    needs: tuple[str, ...]


def installed(name: str) -> Fields | None:
    """What an installed package says of itself; None where it is not installed."""
    try:
        return metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return None


def packages() -> dict[str, Package]:
    """All installed packages that the product or its tools need, directly or not, by normalised name."""
    scopes = dict.fromkeys(needed(EXTRAS_OF_TOOLS), TOOL)
    scopes |= dict.fromkeys(needed(EXTRAS), OPTIONAL)
    scopes |= dict.fromkeys(needed(()), REQUIRED)
    return {name: _package(name, installed(name) or {}, scopes) for name in sorted(scopes)}


def needed(extras: Iterable[str]) -> set[str]:
    """Names of the packages that some extras of the product need, or that it needs without any, as far as installed."""
    extras = tuple(extras)
    stated = project()
    roots = [text for extra in extras for text in stated["optional-dependencies"][extra]]
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = list(_asked(roots if extras else stated["dependencies"], frozenset()))
    while waiting:
        name, wanted = waiting.pop()
        fields = None if (name, wanted) in found or name == NAME else installed(name)
        if fields is not None:
            found.add((name, wanted))
            waiting += _asked(fields.get("requires_dist", ()), wanted)
    return {name for name, _ in found}


def _asked(requirements: Iterable[str], extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The packages that a list of requirements asks for on this machine, each with its extras."""
    for requirement in map(Requirement, requirements):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
            yield normalised(requirement.name), frozenset(requirement.extras)


def _package(name: str, fields: Fields, scopes: Mapping[str, str]) -> Package:
    needs = {other for other, _ in _asked(fields.get("requires_dist", ()), frozenset())} & set(scopes)
    summary = fields.get("summary", "")
    return Package(
        fields["name"], fields["version"], licence_of(name, fields), scopes[name], summary, tuple(sorted(needs))
    )


@functools.cache
def licence_data() -> dict[str, Any]:
    """The licences that are allowed, and how packages write them."""
    return yaml.safe_load(LICENCES.read_text(encoding="utf-8"))


def licence_of(name: str, fields: Fields) -> str:
    """The licence of a package as SPDX names it. Raises LicenceError where the package does not say which it is."""
    if "license_expression" in fields:
        return fields["license_expression"]
    known = licence_data()
    if name in known["read"]:
        return known["read"][name]
    classified = [text.rpartition(" :: ")[2] for text in fields.get("classifier", ()) if text.startswith("License ::")]
    for text in (fields.get("license", "").strip(), *classified):
        first, _, rest = text.partition("\n")
        if first in known["written"]:
            return known["written"][first]
        if first and not rest and not SPDX.validate(first).errors:
            return first
    raise LicenceError(f"{name}: read its licence and name it in {LICENCES.name} under `read`")


def is_allowed(licence: str, scope: str) -> bool:
    """Whether a package of a scope may be under a licence, which may be an expression."""
    known = licence_data()
    allowed = {*known["allowed"], *(known["allowed_for_tools"] if scope == TOOL else ())}
    return _allowed(SPDX.parse(licence), allowed)


def _allowed(expression: Any, allowed: set[str]) -> bool:
    parts = [_allowed(part, allowed) for part in expression.args]
    if isinstance(expression, SPDX.OR):
        return any(parts)
    return all(parts) if parts else str(expression) in allowed
