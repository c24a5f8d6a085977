"""Where the generated files are: folders of the checkout that these modules belong to."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EVIDENCE = DOCS / "evidence"
EVIDENCE_TABLES = EVIDENCE / "matrix"
"""Tables behind the validation tests."""
