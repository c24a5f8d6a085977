"""Where a class is in a lesson: the lesson, the step and the prediction, as the address of the page has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from views.language import Locale
from views.results.links import LINK_VERSION

from .lessons import STEPS, Lesson, lessons

GAME = "game"
"""The place of the budget game, which has no steps."""
PART, VIEW = "lesson", "view"
"""Parts of an address: the place, and how the page is shown. The offline file has the same."""
PROJECTOR = "projector"
DIGITS = tuple("0123456789")
RUN, REVEAL, DEBRIEF = 2, 3, 4
"""Positions of the later steps; on the first two the class predicts."""


@dataclass(frozen=True)
class Place:
    """A place in a lesson; `prediction` is the choice of the class, None before it has made one."""

    lesson: str
    step: int = 0
    prediction: int | None = None

    @property
    def text(self) -> str:
        """The place as an address has it, such as closure.3.0."""
        if self.lesson == GAME:
            return GAME
        made = "" if self.prediction is None else f".{self.prediction}"
        return f"{self.lesson}.{self.step}{made}"

    @property
    def of(self) -> Lesson:
        """The lesson."""
        return lessons()[self.lesson]

    def before(self) -> Place:
        """The step before: the prediction, or the step that was shown before this one."""
        return replace(self, step=0 if self.step <= RUN else self.step - 1)

    def after(self) -> Place:
        """The step after."""
        return replace(self, step=RUN if self.step < RUN else min(self.step + 1, DEBRIEF))


def place_of(text: str) -> Place | None:
    """The place that an address has; None where there is no such lesson, step or choice."""
    if text == GAME:
        return Place(GAME)
    name, *numbers = text.split(".")
    if name not in lessons() or len(numbers) > 2 or not all(part in DIGITS for part in numbers):
        return None
    step = int(numbers[0]) if numbers else 0
    prediction = int(numbers[1]) if len(numbers) > 1 else None
    choices = len(lessons()[name].choices)
    fits = step < len(STEPS) and (prediction is None or prediction < choices)
    return Place(name, step, prediction) if fits else None


def is_place(text: object) -> bool:
    """Whether an address may have this text."""
    return isinstance(text, str) and place_of(text) is not None


def link_query(place: Place, locale: Locale, view: str = "") -> str:
    """The query of an address that opens the page at this place."""
    parts = {"v": LINK_VERSION, "lang": locale.language, PART: place.text} | ({VIEW: view} if view else {})
    return urlencode(parts)
