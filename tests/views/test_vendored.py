"""Vendored code is the one that is described: version, fingerprint, licence."""

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "views" / "diagram" / "vendor"


def test_dagre_is_the_version_that_is_described():
    described, code = (FOLDER / "README.md").read_text(encoding="utf-8"), (FOLDER / "dagre.min.js").read_bytes()
    assert re.search(r"SHA-256: `(\w+)`", described)[1] == hashlib.sha256(code).hexdigest()
    version = re.search(r"dagre ([\d.]+) ", described)[1]
    assert f'"{version}"' in code.decode()
    assert "Permission is hereby granted, free of charge" in (FOLDER / "LICENSE.dagre.txt").read_text(encoding="utf-8")
