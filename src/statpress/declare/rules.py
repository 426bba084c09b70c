"""Consistency rules of one package: what its figures must agree on, beyond what other declarations already say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, Self

from pydantic import Field, model_validator

from statpress.declare.base import Declared, Id, Text
from statpress.declare.claims import (
    AtMost,
    Bands,
    Base,
    Change,
    Claim,
    Direction,
    Jump,
    Key,
    Number,
    Possible,
    Ratio,
    Same,
    Selection,
    Sum,
    Tally,
)
from statpress.declare.document import Key as Path
from statpress.declare.steps import Where

CLAIMS: Final = (
    "sum",
    "ratio",
    "possible",
    "at_most",
    "base",
    "same",
    "change",
    "direction",
    "jump",
    "key",
    "bands",
    "tally",
)
"""The keys of a rule that make a claim."""

BY_THEMSELVES: Final = (
    "parts-and-total",
    "shares-of-whole",
    "percentage-and-parts",
    "rate-and-population",
    "impossible-percentage",
    "percentage-range",
    "part-above-whole",
    "change-and-values",
    "jump",
    "slip",
)
"""The names of the rules that run by themselves on true figures, for waivers."""
CONTRADICT: Final = "figures-contradict"
"""What the attack says of printed figures that cannot all be right, which can be waived like a rule."""
WAIVABLE: Final = (*BY_THEMSELVES, CONTRADICT)
"""Rules that a waiver may name besides those of its file."""


class Rule(Declared):
    """One rule: exactly one claim, how bad it is to break it, and why it should hold."""

    sum: Sum | None = Field(None, description="Parts add to a total.")
    ratio: Ratio | None = Field(None, description="A percentage or rate agrees with its two parts.")
    possible: Possible | None = Field(None, description="Some whole number gives the percentage on its base.")
    at_most: AtMost | None = Field(None, description="A part is never more than its whole.")
    base: Base | None = Field(None, description="Counts and their percentages are out of the same base.")
    same: Same | None = Field(None, description="The same figure, stated in several places.")
    change: Change | None = Field(None, description="A change agrees with the two figures that it compares.")
    direction: Direction | None = Field(None, description="Words for a direction agree with two figures.")
    jump: Jump | None = Field(None, description="Figures of one series do not jump.")
    key: Key | None = Field(None, description="A rating keeps to its key.")
    bands: Bands | None = Field(None, description="A rating by thresholds keeps to them.")
    tally: Tally | None = Field(None, description="A stated number of figures is the number that there are.")
    severity: Literal["error", "warning"] = Field("error", description="Whether breaking it stops publishing.")
    why: Text | None = Field(None, description="Why it should hold; public, on the page of checks.")

    @model_validator(mode="after")
    def _one_claim(self) -> Self:
        if sum(getattr(self, name) is not None for name in CLAIMS) != 1:
            known = ", ".join(name.replace("_", "-") for name in CLAIMS)
            raise ValueError(f"a rule needs exactly one of: {known}")
        return self

    def selections(self) -> Iterator[tuple[Path, Where]]:
        """Every selection of figures of the rule, with its place in it."""
        return _selections(self, ())

    @property
    def kind(self) -> str:
        """The key of the rule that makes its claim."""
        return next(name.replace("_", "-") for name in CLAIMS if getattr(self, name) is not None)

    @property
    def claim(self) -> Claim:
        """The one claim of the rule."""
        claim: Claim = getattr(self, self.kind.replace("-", "_"))
        return claim


class Rounding(Declared):
    """Figures that their source rounds, so that they may be off by half of what they are rounded to."""

    where: Selection
    to: Number = Field(gt=0, description="What they are rounded to, such as 10.")


class NotAdding(Declared):
    """Figures that do not add up although their dimension does for others."""

    measures: tuple[Id, ...] = Field(min_length=1)
    dimension: Id
    why: Text = Field(description="Why they do not, such as: a child may have several needs.")


class Thresholds(Declared):
    """From where on a difference between two periods is told, in rules that run by themselves."""

    slip: Number = Field(8, gt=1, description="A figure this many times its neighbours is a slip of the digits.")
    smallest: Number = Field(100, ge=0, description="Series that never reach this are not looked at.")
    jump: Number | None = Field(None, gt=0, description="Percent of change between two periods that is told.")


class Waiver(Declared):
    """A known fault that is published as it is, with the reason beside the figure."""

    rule: Id = Field(description="What finds it: a rule of this file, one that runs by itself, figures-contradict.")
    where: Where = Field({}, description="The figures whose fault is known; without it, all that the rule finds.")
    reason: Text | None = Field(None, description="What readers are told beside the figures; public.")
    caveat: Id | None = Field(None, description="The caveat of the pipeline that tells readers already.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.reason is None) == (self.caveat is None):
            raise ValueError("a waiver needs either `reason` or `caveat`: what readers are told")
        return self


def _selections(value: Any, key: Path) -> Iterator[tuple[Path, Where]]:
    """Every selection inside a part of the rules, with its place."""
    if isinstance(value, Declared):
        for name, field in type(value).model_fields.items():
            yield from _selections(getattr(value, name), (*key, field.alias or name))
    elif isinstance(value, dict):
        if value and all(isinstance(text, str) or _is_texts(text) for text in value.values()):
            yield key, value
        else:
            for name, inner in value.items():
                yield from _selections(inner, (*key, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _selections(inner, (*key, index))


def _is_texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)


class Rules(Declared):
    """All rules of one package: `validations/<name>.yml`."""

    rounding: tuple[Rounding, ...] = Field((), description="Figures that the source rounds.")
    areas: Literal["adds-up", "does-not-add-up"] = Field(
        "does-not-add-up",
        description="Whether counts of areas make those of the area that they are part of, as areas.yml has it.",
    )
    does_not_add: tuple[NotAdding, ...] = Field((), description="What adds up for other measures only.")
    thresholds: Thresholds = Thresholds()
    rules: dict[Id, Rule] = Field({}, description="Name to rule.")
    waivers: tuple[Waiver, ...] = Field((), description="Known faults, each with its reason.")

    def selections(self) -> Iterator[tuple[Path, Where]]:
        """Every selection of figures in the file, with its place."""
        return _selections(self, ())

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every column that a rule names by itself, with its place."""
        for name, rule in self.rules.items():
            claim, key = rule.claim, ("rules", name, rule.kind)
            yield from (((*key, part), getattr(claim, part)) for part in ("column", "along") if hasattr(claim, part))
            yield from (((*key, "by", at), column) for at, column in enumerate(getattr(claim, "by", None) or ()))
