"""The values of the model: medians of the posterior given observations up to 2020, written into model/parameters.yaml.

Run `python -m calibration.defaults` after a calibration to see which values differ, with `--write` to set them.
"""

from __future__ import annotations

import argparse
import re

from model.inputs import FOLDER as MODEL_DATA

from .estimated import SEARCHED_UNTIL, candidates
from .posterior import load

FILE = MODEL_DATA / "parameters.yaml"
DIGITS = 4
"""Significant digits of a value: more than its interval knows."""
PLAIN, OF_BRANCH = r"(?m)^(  value: ){}(?=\s*$)", r"(?m)^(  value: \{{.*?\b{}: ){}(?=[,}}])"
NUMBER = r"[-+.0-9e]+"


def medians() -> dict[str, float]:
    """The median of each estimated number, rounded, by id."""
    return {entry["id"]: float(f"{entry['p50']:.{DIGITS}g}") for entry in load(SEARCHED_UNTIL).summary["numbers"]}


def with_value(text: str, number: str, value: float) -> str:
    """The text of parameters.yaml with another value of a number, `parameter` or `parameter.branch`.

    Raises ValueError where the text has no such value.
    """
    name, _, branch = number.partition(".")
    entry = re.search(rf"(?ms)^{re.escape(name)}:\n.*?(?=^\S|\Z)", text)
    pattern = OF_BRANCH.format(re.escape(branch), NUMBER) if branch else PLAIN.format(NUMBER)
    changed, count = re.subn(pattern, rf"\g<1>{value:.{DIGITS}g}", entry[0] if entry else "")
    if count != 1:
        raise ValueError(f"{FILE.name}: no value of {number} stands there as a number of its own")
    return text[: entry.start()] + changed + text[entry.end() :]


def main() -> None:
    """Print what differs, and set it where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m calibration.defaults", description="Values of the model.")
    parser.add_argument("--write", action="store_true", help="set the values in model/parameters.yaml")
    write = parser.parse_args().write
    text = FILE.read_text(encoding="utf-8")
    for number, value in medians().items():
        before = candidates()[number].value
        if before != value:
            print(f"{number}: {before:g} -> {value:g}")
            text = with_value(text, number, value)
    if write:
        FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
