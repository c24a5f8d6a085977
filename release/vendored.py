"""Code of others that is part of the product, as vendored.yaml describes it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from .facts import ROOT

DESCRIBED = Path(__file__).parent / "vendored.yaml"


@dataclass(frozen=True)
class Part:
    """A package of others: its name among those of npm, version, and licence as SPDX names it."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class Vendored:
    """A file with code of others: its path, the package it is made of, those inside, and texts of their licences."""

    path: str
    whole: Part
    inside: tuple[Part, ...]
    texts: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256((ROOT / self.path).read_bytes()).hexdigest()


def vendored_files() -> list[Vendored]:
    """All files with code of others."""
    described = yaml.safe_load(DESCRIBED.read_text(encoding="utf-8"))
    return [
        Vendored(path, _part(entry), tuple(map(_part, entry["inside"])), tuple(entry["texts"]))
        for path, entry in described.items()
    ]


def _part(entry: Mapping[str, str]) -> Part:
    return Part(entry["name"], str(entry["version"]), entry["licence"])
