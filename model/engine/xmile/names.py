"""Names and units as XMILE writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from model.engine.declare import Axis
from model.engine.errors import DeclarationError

_WORDS = """
    abs allocate and arccos arcsin arctan cos cycletime delay delay1 delay3 delayn dt else endval exp exprnd forcst
    history if inf init int integ interpolate ln log10 lognormal lookup max mean min mod modulo nan normal not npv or
    percent pi poisson previous prod pulse ramp random rank round safediv self sin size smooth smth1 smth3 smthn sqrt
    starttime stddev step stoptime sum tan then time trend uniform
"""
RESERVED = frozenset(_WORDS.split())
"""Words that have a meaning in equations of XMILE, Stella, Vensim or Simlin."""
DIMENSIONLESS = "dmnl"
Unit = Mapping[str, Fraction]
"""A unit as powers of symbols; empty for a pure number."""
_TOKEN = re.compile(r"\s*(?:(?P<power>\^-?\d+)|(?P<sign>[*/()])|(?P<symbol>[^\s*/()^]+))")


def safe_name(name: str, taken: Iterable[str] = ()) -> str:
    """`name`, with something behind it where it is a word of XMILE or one of `taken`."""
    taken = set(taken)
    while name.lower() in RESERVED or name in taken:
        name = f"{name}_value"
    return name


def element_labels(axes: Iterable[Axis], taken: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Labels of every axis, by its name; a label that is also the name of a variable gets "the" in front of it."""
    taken = {t.lower() for t in taken} | RESERVED
    return {a.name: tuple(f"the_{label}" if label.lower() in taken else label for label in a.labels) for a in axes}


def spaced(label: str) -> str:
    """A label with spaces, which XMILE takes for the same; some programs accept declarations in this form only."""
    return label.replace("_", " ")


def parse_unit(text: str) -> Unit:
    """The powers of the symbols in a unit such as "Mtce/(Mt*yr)". A `DeclarationError` names what cannot be read."""
    tokens, position = [], 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise DeclarationError(f"unit {text!r} cannot be written as XMILE")
        tokens.append(match)
        position = match.end()
    result: dict[str, Fraction] = {}
    signs, sign, last = [1], 1, None
    for token in tokens:
        if token["power"]:
            if last is None:
                raise DeclarationError(f"unit {text!r} cannot be written as XMILE: a power needs a symbol before it")
            symbol, its_sign = last
            result[symbol] += its_sign * (int(token["power"][1:]) - 1)
        elif token["symbol"]:
            symbol = {"%": "percent"}.get(token["symbol"], token["symbol"])
            last = None
            if symbol != "1":
                result[symbol] = result.get(symbol, Fraction(0)) + sign
                last = symbol, sign
        elif token["sign"] == "(":
            signs.append(sign)
        elif token["sign"] == ")":
            sign = signs.pop()
        else:
            sign = signs[-1] * (1 if token["sign"] == "*" else -1)
    return {symbol: power for symbol, power in result.items() if power}


def unit_text(unit: Unit) -> str:
    """A unit with products and quotients only, such as "Mtce/Mt/yr"; powers are repeated."""

    def repeated(sign: int) -> list[str]:
        return [s for s, power in unit.items() for _ in range(max(0, int(sign * power)))]

    above, below = repeated(1), repeated(-1)
    if not above and not below:
        return DIMENSIONLESS
    return "/".join(["*".join(above) or "1", *below])


def times(a: Unit, b: Unit, power: Fraction | int = 1) -> Unit:
    """`a` times `b` to a power."""
    powers = {s: a.get(s, Fraction(0)) + b.get(s, Fraction(0)) * power for s in {**a, **b}}
    return {s: p for s, p in powers.items() if p}
