"""What consistency rules can claim of figures: one model a claim."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from statpress.declare.base import Column, Declared
from statpress.declare.steps import Where

_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


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
Number = Annotated[float, Field(allow_inf_nan=False)]
"""A number that one can reckon with."""


def _figure(given: Any) -> Any:
    if isinstance(given, str) and not _NUMBER.fullmatch(given):
        raise ValueError("expected a number, or a selection of figures such as {measure: children}")
    return given


Figure = Annotated[Selection | Number, BeforeValidator(_figure, json_schema_input_type=Selection | Number)]
"""Figures, or a number that is the same for all."""
Total = Annotated[Wheres | Number, BeforeValidator(_figure, json_schema_input_type=Where | tuple[Where, ...] | Number)]
"""Figures that are a total, several selections that are one together, or a number."""
By = tuple[Column, ...] | None
_BY = "The columns in which figures agree that are compared; without it, all that the rule does not name."


class Sum(Declared):
    """Parts add to a total."""

    total: Total = Field(
        description="The total: a selection of figures, or a number such as 100. Several selections are added up."
    )
    parts: Wheres = Field(description="The parts.")
    mean: bool = Field(False, description="Whether the total is the mean of the parts instead of their sum.")
    tolerance: Number = Field(0, ge=0, description="How far the sum may be off, beside the rounding of its parts.")
    by: By = Field(None, description=_BY)


class Ratio(Declared):
    """A percentage or rate agrees with its numerator and denominator, at the decimals that are printed."""

    ratio: Selection
    numerator: Figure
    denominator: Figure
    per: Number = Field(100, gt=0, description="What it counts per: 100 for a percentage.")
    tolerance: Number = Field(0, ge=0, description="How far it may be off, beside rounding.")
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
    per: Number = Field(100, gt=0, description="What they count per: 100 for percentages.")
    within: Number = Field(0, ge=0, le=100, description="Percent by which the bases may differ.")
    by: By = Field(None, description=_BY)

    @model_validator(mode="after")
    def _in_pairs(self) -> Self:
        if len(self.percentages) != len(self.counts):
            raise ValueError("each of the `percentages` needs its own of the `counts`")
        return self


class Same(Declared):
    """The same figure, stated in several places."""

    figures: Wheres = Field(description="Where it is stated; all that match one selection must agree as well.")
    times: Number = Field(1, gt=0, description="What the first is multiplied by, such as 12 for a monthly average.")
    within: Number = Field(0, ge=0, le=100, description="Percent by which they may differ.")
    by: By = Field(None, description=_BY)


class Change(Declared):
    """A change agrees with the two figures that it compares."""

    change: Selection
    from_: Figure | None = Field(None, description="The earlier figure; without it, `to` in the period before.")
    to: Selection = Field(description="The later figure.")
    as_: Literal["percent", "difference", "times"] = Field("percent", description="How the change is stated.")
    unsigned: bool = Field(False, description="Whether it is stated without its direction, as in `9 fewer`.")
    tolerance: Number = Field(0, ge=0, description="How far it may be off, beside rounding.")
    by: By = Field(None, description=_BY)


class Direction(Declared):
    """Words for a direction agree with the two figures that they compare."""

    column: Column = Field(description="The column that holds the words, in the rows of the later figure.")
    from_: Figure | None = Field(None, description="The earlier figure; without it, `to` in the period before.")
    to: Selection = Field(description="The later figure.")
    up: tuple[str, ...] = Field((), description="Words that say that it is more.")
    down: tuple[str, ...] = Field((), description="Words that say that it is less.")
    same: tuple[str, ...] = Field((), description="Words that say that it is the same.")
    within: Number = Field(0, ge=0, le=100, description="Percent that counts as the same.")
    by: By = Field(None, description=_BY)


class Jump(Declared):
    """Figures of one series do not jump from one period to the next."""

    figures: Selection
    at_most: Number = Field(gt=0, description="Percent by which a figure may differ from the one before.")
    smallest: Number = Field(0, ge=0, description="Differences smaller than this are no jumps.")
    along: Column = Field("period", description="The column that orders the series.")
    order: tuple[str, ...] = Field((), description="Its texts in order, where they do not sort by themselves.")


class Key(Declared):
    """A rating, such as red, amber or green, keeps to the printed key."""

    figures: Where = Field({}, description="The figures that it rates; without it, all.")
    column: Column = Field(description="The column that holds the rating.")
    allows: dict[str, Wheres] = Field(min_length=1, description="Rating to what a row with it must hold.")


class Band(Declared):
    """The numbers that a rating covers."""

    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None


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
