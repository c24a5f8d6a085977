"""Names for content, by which the component sees whether two parts belong together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def stamp_of(data: Mapping) -> str:
    """A name for content."""
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()
