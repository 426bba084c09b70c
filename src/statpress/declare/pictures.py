"""What a declaration says of how figures are shown: the kind of a chart, bands of a score, intervals, targets."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from statpress.declare.base import Code, Declared, Id, OptionalText, Text

ChartKind = Literal["trend", "panels", "bars", "pairs", "parts", "dots", "target", "bands", "overlap"]


class ScoreBand(Declared):
    """A part of the scale of a score, both ends included."""

    low: float
    high: float
    title: Text = Field(description="What a score in it means, such as `Slightly raised`.")

    @model_validator(mode="after")
    def _low_before_high(self) -> Self:
        if self.low > self.high:
            raise ValueError("`low` must not be more than `high`")
        return self


class Interval(Declared):
    """Where the ends of the confidence interval of a figure are, as the source prints them."""

    lower: Id = Field(description="The measure that holds the lower ends.")
    upper: Id = Field(description="The measure that holds the upper ends.")
    level: Text = Field(description="How sure it is, such as `95%`.")


class Target(Declared):
    """What is aimed at. It is a plan, not a figure, so that nothing protects it."""

    measure: Id = Field(description="A measure of the pipeline.")
    value: float
    title: OptionalText = Field("", description="What readers see; `Target` if left out.")
    area: Code | None = Field(None, description="The area that it is for; that of the package if left out.")
    by: OptionalText = Field("", description="By when, such as `March 2020`.")
