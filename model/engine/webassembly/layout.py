"""Where values lie in the memory of a WebAssembly module, and the instructions that read and write them there.

One writer serves two layouts. For single runs the two lanes of a vector are two entries of an array: a scalar takes 8
bytes and is spread over both lanes when it is read. For ensembles the lanes are two members, so every entry takes 16.
"""

from __future__ import annotations

from model.engine.expression import Expression

VECTOR = 16
"""Bytes of a vector of two numbers."""


def get(name: str) -> str:
    """The instruction that reads a local variable."""
    return f"local.get ${name}"


def put(name: str) -> str:
    """The instruction that sets a local variable."""
    return f"local.set ${name}"


def constant(number: str | float) -> str:
    """The instruction that gives a number in both lanes; as text it is hexadecimal, which is exact."""
    text = number if isinstance(number, str) else float(number).hex()
    return f"v128.const f64x2 {text} {text}"


class Layout:
    """Addresses in bytes of the values of one module; `members` chooses the layout for ensembles."""

    def __init__(self, members: bool):
        self.members = members
        self.entry = VECTOR if members else VECTOR // 2
        """Bytes of one entry of an array."""
        self.top = 0
        """The first address that is not in use."""
        self.place: dict[int, int] = {}
        """Address of an expression by its id."""

    def room(self, entries: int) -> int:
        """The address of new room for some entries; arrays begin and end with whole vectors."""
        if entries > 1:
            self.align()
        address = self.top
        self.top += entries * self.entry
        if entries > 1:
            self.align()
        return address

    def align(self) -> int:
        """Move on to the next whole vector and return its address."""
        self.top = -(-self.top // VECTOR) * VECTOR
        return self.top

    def address(self, expression: Expression) -> int:
        """The address of an expression, which gets room when it has none."""
        if expression.id not in self.place:
            self.place[expression.id] = self.room(expression.size)
        return self.place[expression.id]

    def load(self, address: int) -> str:
        """Read a scalar into both lanes."""
        if self.members:
            return f"i32.const 0 v128.load offset={address}"
        return f"i32.const 0 f64.load offset={address} f64x2.splat"

    def store(self, address: int, value: str) -> str:
        """Write a scalar."""
        if self.members:
            return f"i32.const 0 {value} v128.store offset={address}"
        return f"i32.const 0 {value} f64x2.extract_lane 0 f64.store offset={address}"

    def vectors(self, entries: int) -> int:
        """How many vectors an array takes."""
        return entries if self.members else -(-entries // 2)

    def store_entries(self, address: int, values: list[str]) -> list[str]:
        """Write the entries of an array. Pairs go in one store, so that the vector can be read again without delay."""
        if self.members:
            return [self.store(address + k * self.entry, value) for k, value in enumerate(values)]
        padded = [*values, constant(0.0)] if len(values) % 2 else values
        pairs = zip(padded[::2], padded[1::2], strict=True)
        return [f"i32.const 0 {_pair(a, b)} v128.store offset={address + k * VECTOR}" for k, (a, b) in enumerate(pairs)]

    def fill(self, address: int, entries: int, number: float) -> list[str]:
        """Write one number into all entries."""
        if entries == 1:
            return [self.store(address, constant(number))]
        return [
            f"i32.const 0 {constant(number)} v128.store offset={address + k * VECTOR}"
            for k in range(self.vectors(entries))
        ]

    def total(self, address: int, entries: int) -> str:
        """The sum of an array; needs the local variable `half`. Both layouts add in the same order."""
        if self.members:
            even, odd = (
                [self.load(address + k * self.entry) for k in range(s, entries - entries % 2, 2)] for s in (0, 1)
            )
            sums = [_tree(part) for part in (even, odd) if part]
        else:
            sums = []
            if entries > 1:
                pairs = [f"i32.const 0 v128.load offset={address + k * VECTOR}" for k in range(entries // 2)]
                swapped = f"{get('half')} {get('half')} i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7"
                sums = [f"{_tree(pairs)} local.tee $half {swapped} f64x2.add"]
        last = [self.load(address + (entries - 1) * self.entry)] if entries % 2 else []
        terms = [*sums, *last]
        return " ".join([terms[0], *(f"{term} f64x2.add" for term in terms[1:])])


def _pair(first: str, second: str) -> str:
    """A vector of the first lanes of two values."""
    return first if first == second else f"{first} {second} i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23"


def _tree(terms: list[str]) -> str:
    """The sum of vectors, pair by pair."""
    while len(terms) > 1:
        sums = [f"{a} {b} f64x2.add" for a, b in zip(terms[::2], terms[1::2], strict=False)]
        terms = [*sums, *terms[len(terms) - len(terms) % 2 :]]
    return terms[0]
