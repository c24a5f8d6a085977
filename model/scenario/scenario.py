"""The form of a scenario: its fields, their types and limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    field_validator,
)

from model.engine.text import LANGUAGES, Text
from model.inputs import (
    END,
    LATEST,
    START,
)

from .lever_parsing import lever_value
from .lever_values import LeverValue

MOST_REPLICATIONS = 1000
"""Most replications of a run with discrete projects."""

NonEmpty = Annotated[str, Field(min_length=1)]


def _lever_values(data: object) -> dict[str, LeverValue]:
    """Lever values by id, from plain data where they are not parsed yet."""
    if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
        raise ValueError("a mapping of levers is expected")
    return {k: v if isinstance(v, LeverValue) else lever_value(k, v) for k, v in data.items()}


def plain_levers(values: Mapping[str, LeverValue]) -> dict[str, object]:
    """Lever values as plain data, in the form in which scenario files, manifests and cache keys have them."""
    return {name: value.to_data() for name, value in values.items()}


Levers = Annotated[
    dict[str, LeverValue],
    PlainValidator(_lever_values),
    PlainSerializer(plain_levers),
    WithJsonSchema({"type": "object"}),
]


def _text_only(value: object) -> object:
    """Refuse a mapping with other keys than the two languages, which a dataclass would ignore."""
    if isinstance(value, Mapping) and set(value) - set(LANGUAGES):
        raise ValueError("only zh and en are allowed")
    return value


BothLanguages = Annotated[
    Text,
    BeforeValidator(_text_only),
    WithJsonSchema(
        {
            "description": "A text in Chinese and English.",
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": list(LANGUAGES),
            "additionalProperties": False,
        }
    ),
]


class Pipeline(BaseModel):
    """Discrete projects: `seed` of the first replication, and the number of replications."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    mode: Literal["stochastic"]
    seed: int = Field(default=1, ge=0, le=10**6, strict=True)
    replications: int = Field(default=1, ge=1, le=MOST_REPLICATIONS, strict=True)


class Scenario(BaseModel):
    """One scenario: values of levers, and everything else that differs from the run "as happened".

    Only `title` and `levers` are needed. `parameters` and `drivers` override the assumptions of the model, `extends`
    names a scenario to start from, `until` is the last year of the run. `pipeline` makes projects discrete and random
    (see `model.projects`); without it the stocks use the delay that the pipeline implies.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: NonEmpty | BothLanguages
    levers: Levers
    description: str | BothLanguages = ""
    extends: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    drivers: dict[str, Any] = Field(default_factory=dict)
    until: int | None = Field(default=None, ge=START, le=LATEST, strict=True)
    pipeline: Pipeline | None = None
    name: str = Field(default="scenario", exclude=True)
    """The name of the file, without its ending; no field of the file."""

    @field_validator("pipeline", mode="before")
    @classmethod
    def _named_pipeline(cls, value: object) -> object:
        """Accept the name of a mode in place of a mapping."""
        return (
            {"deterministic": None, "stochastic": {"mode": "stochastic"}}.get(value, value)
            if isinstance(value, str)
            else value
        )

    def text(self, field: str, language: str) -> str:
        """Title or description in "zh" or "en"."""
        value = getattr(self, field)
        return value if isinstance(value, str) else value[language]


def last_year(scenario: Scenario, until: int | None = None) -> int:
    """Last year of the run: `until`, else that of the scenario, else 2025."""
    return until or scenario.until or END
