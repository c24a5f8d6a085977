"""In which order expressions are computed, and what of them has to be kept in memory.

Scalars and arrays alternate in pieces: a piece of arrays is one loop over entries, which keeps values of one entry in
registers. Pieces are gathered into functions of limited length, which compile quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from model.engine.expression import ELEMENT, MASKS, STACK, SUM, Expression

LONGEST = 400
"""Expressions in a function."""


@dataclass(frozen=True)
class Piece:
    """Expressions that are computed together: scalars where `entries` is 0, else arrays of that many entries."""

    entries: int
    expressions: list[Expression]


class Schedule:
    """The order of `expressions` (arguments first): `functions` of pieces, `kept` ids of values that go to memory."""

    def __init__(self, expressions: list[Expression]):
        self._known = {e.id for e in expressions}
        self.users: dict[int, list[Expression]] = {e.id: [] for e in expressions}
        for e in expressions:
            for argument in operands(e):
                if argument.id in self._known:
                    self.users[argument.id].append(e)
        pieces = [Piece(g.entries, part) for g in self._groups(expressions) for part in _parts(g.expressions)]
        self.functions = list(_gathered(pieces))
        self.piece_of = {e.id: k for k, piece in enumerate(pieces) for e in piece.expressions}
        self.function_of = {
            e.id: k for k, function in enumerate(self.functions) for piece in function for e in piece.expressions
        }
        self.kept = {e.id for e in expressions if e.operation == STACK or any(map(self._apart(e), self.users[e.id]))}

    def _groups(self, expressions: list[Expression]) -> Iterator[Piece]:
        """Scalars as soon as they can be computed, then arrays of the size of which most are ready."""
        waiting = {e.id: len({a.id for a in operands(e) if a.id in self._known}) for e in expressions}
        position = {e.id: k for k, e in enumerate(expressions)}
        ready = [e for e in expressions if not waiting[e.id]]
        while ready:
            sizes = [_entries(e) for e in ready]
            size = 0 if 0 in sizes else max(sorted(set(sizes)), key=sizes.count)
            stack = sorted((e for e in ready if _entries(e) == size), key=lambda e: -position[e.id])
            ready = [e for e in ready if _entries(e) != size]
            group = []
            while stack:
                e = stack.pop()
                group.append(e)
                for user in {u.id: u for u in self.users[e.id]}.values():
                    waiting[user.id] -= 1
                    if not waiting[user.id]:
                        (stack if _entries(user) == size else ready).append(user)
            yield Piece(size, group)

    def _apart(self, e: Expression) -> Callable[[Expression], bool]:
        """Whether a user of `e` reads it from memory: arrays outside their loop, scalars in other functions."""

        def reads(user: Expression) -> bool:
            if e.shape:
                return self.piece_of[e.id] != self.piece_of[user.id] or user.operation in (SUM, ELEMENT)
            return self.function_of[e.id] != self.function_of[user.id]

        return reads

    def is_inline(self, e: Expression) -> bool:
        """Whether `e` is computed where it is used: once, in its own piece."""
        users = self.users[e.id]
        return e.id not in self.kept and len(users) == 1 and self.piece_of[users[0].id] == self.piece_of[e.id]


def operands(e: Expression) -> Iterator[Expression]:
    """The arguments of an expression; truth values are computed where they are used, so theirs instead of them."""
    for argument in e.arguments:
        if argument.operation in MASKS:
            yield from operands(argument)
        else:
            yield argument


def _entries(e: Expression) -> int:
    """Entries over which a loop computes `e`; 0 for scalars, and for arrays that are put together from scalars."""
    return 0 if not e.shape or e.operation == STACK else e.size


def _parts(group: list[Expression]) -> Iterator[list[Expression]]:
    for k in range(0, len(group), LONGEST):
        yield group[k : k + LONGEST]


def _gathered(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    function: list[Piece] = []
    for piece in pieces:
        if function and sum(len(p.expressions) for p in function) + len(piece.expressions) > LONGEST:
            yield function
            function = []
        function.append(piece)
    if function:
        yield function
