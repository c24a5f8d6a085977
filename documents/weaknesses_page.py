"""The page about what is wrong with the model, in both languages."""

from __future__ import annotations

from calibration.weaknesses import weaknesses

CONSEQUENCE = {"zh": "**因此**：", "en": "**Consequence:** "}
"""What stands before the consequence of a weakness."""


def weaknesses_page() -> str:
    """The page, from calibration/weaknesses.yaml."""
    parts = ["# 模型的不足 / Weaknesses of the model"]
    for number, entry in enumerate(weaknesses(), 1):
        texts = [
            f"{entry['what'][language]}\n{before}{entry['changes'][language]}"
            for language, before in CONSEQUENCE.items()
        ]
        parts.append("\n\n".join([f"## {number}. {entry['title']['zh']} / {entry['title']['en']}", *texts]))
    return "\n\n".join(parts) + "\n"
