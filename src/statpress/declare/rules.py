"""Consistency rules of one package: what its figures must agree on, beyond what other declarations already say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from statpress.declare.base import Column, Declared, Id, Text
from statpress.declare.document import Key as Key_
from statpress.declare.steps import Where


def _one_or_more(given: Any) -> Any:
    return [given] if isinstance(given, dict) else given


Wheres = Annotated[
    tuple[Annotated[Where, Field(min_length=1)], ...],
    Field(min_length=1),
    BeforeValidator(_one_or_more, json_schema_input_type=Where | tuple[Where, ...]),
]
"""One selection of figures, or several."""
Selection = Annotated[Where, Field(min_length=1)]
"""Figures whose columns hold the value, or one of the values; several columns must all match."""
Figure = Selection | float
"""Figures, or a number that is the same for all."""
By = tuple[Column, ...] | None
_BY = "The columns in which figures agree that are compared; without it, all that the rule does not name."


class Sum(Declared):
    """Parts add to a total."""

    total: Wheres | float = Field(
        description="The total: a selection of figures, or a number such as 100. Several selections are added up."
    )
    parts: Wheres = Field(description="The parts.")
    mean: bool = Field(False, description="Whether the total is the mean of the parts instead of their sum.")
    tolerance: float = Field(0, ge=0, description="How far the sum may be off, beside the rounding of its parts.")
    by: By = Field(None, description=_BY)


class Ratio(Declared):
    """A percentage or rate agrees with its numerator and denominator, at the decimals that are printed."""

    ratio: Selection
    numerator: Figure
    denominator: Figure
    per: float = Field(100, gt=0, description="What it counts per: 100 for a percentage.")
    tolerance: float = Field(0, ge=0, description="How far it may be off, beside rounding.")
    by: By = Field(None, description=_BY)


class Possible(Declared):
    """Some whole number gives the percentage on its base."""

    percentage: Selection
    of: Figure = Field(description="The base: how many there are.")
    by: By = Field(None, description=_BY)


class AtMost(Declared):
    """A part is never more than its whole."""

    part: Selection
    whole: Figure
    by: By = Field(None, description=_BY)


class Base(Declared):
    """Counts and the percentages that are printed with them are out of the same base, which is not printed."""

    percentages: Wheres = Field(description="The percentages.")
    counts: Wheres = Field(description="The count of each percentage, in the same order.")
    per: float = Field(100, gt=0, description="What they count per: 100 for percentages.")
    within: float = Field(0, ge=0, le=100, description="Percent by which the bases may differ.")
    by: By = Field(None, description=_BY)

    @model_validator(mode="after")
    def _in_pairs(self) -> Self:
        if len(self.percentages) != len(self.counts):
            raise ValueError("each of the `percentages` needs its own of the `counts`")
        return self


class Same(Declared):
    """The same figure, stated in several places."""

    figures: Wheres = Field(description="Where it is stated; all that match one selection must agree as well.")
    times: float = Field(1, gt=0, description="What the first is multiplied by, such as 12 for a monthly average.")
    within: float = Field(0, ge=0, le=100, description="Percent by which they may differ.")
    by: By = Field(None, description=_BY)


class Change(Declared):
    """A change agrees with the two figures that it compares."""

    change: Selection
    from_: Figure = Field(description="The earlier figure.")
    to: Figure = Field(description="The later figure.")
    as_: Literal["percent", "difference", "times"] = Field("percent", description="How the change is stated.")
    unsigned: bool = Field(False, description="Whether it is stated without its direction, as in `9 fewer`.")
    tolerance: float = Field(0, ge=0, description="How far it may be off, beside rounding.")
    by: By = Field(None, description=_BY)


class Direction(Declared):
    """Words for a direction agree with the two figures that they compare."""

    column: Column = Field(description="The column that holds the words, in the rows of the later figure.")
    from_: Figure = Field(description="The earlier figure.")
    to: Selection = Field(description="The later figure.")
    up: tuple[str, ...] = Field((), description="Words that say that it is more.")
    down: tuple[str, ...] = Field((), description="Words that say that it is less.")
    same: tuple[str, ...] = Field((), description="Words that say that it is the same.")
    within: float = Field(0, ge=0, le=100, description="Percent that counts as the same.")
    by: By = Field(None, description=_BY)


class Jump(Declared):
    """Figures of one series do not jump from one period to the next."""

    figures: Selection
    at_most: float = Field(gt=0, description="Percent by which a figure may differ from the one before.")
    smallest: float = Field(0, ge=0, description="Differences smaller than this are no jumps.")
    along: Column = Field("period", description="The column that orders the series.")
    order: tuple[str, ...] = Field((), description="Its texts in order, where they do not sort by themselves.")


class Key(Declared):
    """A rating, such as red, amber or green, keeps to the printed key."""

    figures: Where = Field({}, description="The figures that it rates; without it, all.")
    column: Column = Field(description="The column that holds the rating.")
    allows: dict[str, Wheres] = Field(min_length=1, description="Rating to what a row with it must hold.")


class Band(Declared):
    """The numbers that a rating covers."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None


class Bands(Declared):
    """A rating by thresholds keeps to them."""

    figures: Selection
    column: Column = Field(description="The column that holds the rating.")
    bands: dict[str, Band] = Field(min_length=1, description="Rating to the numbers that it covers.")


class Tally(Declared):
    """A stated number of figures is the number that there are."""

    stated: Figure
    rows: Selection = Field(description="The figures that are counted.")
    by: By = Field(None, description=_BY)


Claim = Sum | Ratio | Possible | AtMost | Base | Same | Change | Direction | Jump | Key | Bands | Tally
"""What a rule claims of figures."""
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
"""The names of the rules that run by themselves, for waivers."""


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
    why: Text | None = Field(None, description="Why it should hold; readers see it on the page of checks.")

    @model_validator(mode="after")
    def _one_claim(self) -> Self:
        if sum(getattr(self, name) is not None for name in CLAIMS) != 1:
            known = ", ".join(name.replace("_", "-") for name in CLAIMS)
            raise ValueError(f"a rule needs exactly one of: {known}")
        return self

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
    to: float = Field(gt=0, description="What they are rounded to, such as 10.")


class NotAdding(Declared):
    """Figures that do not add up although their dimension does for others."""

    measures: tuple[Id, ...] = Field(min_length=1)
    dimension: Id
    why: Text = Field(description="Why they do not, such as: a child may have several needs.")


class Thresholds(Declared):
    """From where on a difference between two periods is told, in rules that run by themselves."""

    slip: float = Field(8, gt=1, description="A figure this many times its neighbours is a slip of the digits.")
    smallest: float = Field(100, ge=0, description="Series that never reach this are not looked at.")
    jump: float | None = Field(None, gt=0, description="Percent of change between two periods that is told.")


class Waiver(Declared):
    """A known fault that is published as it is, with the reason beside the figure."""

    rule: Id = Field(description="The rule that finds it: one of this file, or one that runs by itself.")
    where: Where = Field({}, description="The figures whose fault is known; without it, all that the rule finds.")
    reason: Text | None = Field(None, description="What readers are told beside the figures.")
    caveat: Id | None = Field(None, description="The caveat of the pipeline that tells readers already.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.reason is None) == (self.caveat is None):
            raise ValueError("a waiver needs either `reason` or `caveat`: what readers are told")
        return self


def _selections(value: Any, key: Key_) -> Iterator[tuple[Key_, Where]]:
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
    does_not_add: tuple[NotAdding, ...] = Field((), description="What adds up for other measures only.")
    thresholds: Thresholds = Thresholds()
    rules: dict[Id, Rule] = Field({}, description="Name to rule.")
    waivers: tuple[Waiver, ...] = Field((), description="Known faults, each with its reason.")

    def selections(self) -> Iterator[tuple[Key_, Where]]:
        """Every selection of figures in the file, with its place."""
        return _selections(self, ())

    def columns(self) -> Iterator[tuple[Key_, str]]:
        """Every column that a rule names by itself, with its place."""
        for name, rule in self.rules.items():
            claim, key = rule.claim, ("rules", name, rule.kind)
            yield from (((*key, part), getattr(claim, part)) for part in ("column", "along") if hasattr(claim, part))
            yield from (((*key, "by", at), column) for at, column in enumerate(getattr(claim, "by", None) or ()))
