"""The catalogues: what is said once and used by every pipeline."""

from __future__ import annotations

import itertools
from typing import Literal, Self

from pydantic import Field, model_validator

from statpress.declare.base import AltText, Code, Declared, Id, OptionalText, Text
from statpress.declare.pictures import ChartKind, Interval, ScoreBand

MeasureKind = Literal["count", "percentage", "rate", "mean", "ratio", "score", "amount", "money", "rank"]
Licence = Literal["OGL-UK-3.0", "CC-BY-4.0", "CC0-1.0"]


class RatingBand(Declared):
    """One band of a rating: the figures that it covers."""

    name: Text = Field(description="What readers see, such as `Green` or `On target`.")
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        if self.at_least is None and self.above is None and self.at_most is None and self.below is None:
            raise ValueError("a band needs `at-least`, `above`, `at-most` or `below`")
        return self


class Rating(Declared):
    """A rule that rates figures, so that pages say how good one is. A figure is in the first band that covers it."""

    title: Text = Field(description="Whose rule it is, in words.")
    bands: tuple[RatingBand, ...] = Field(min_length=2, max_length=7, description="The bands, the best first.")


class Measure(Declared):
    """Something that is counted or measured, defined once for every pipeline."""

    title: Text = Field(description="What readers see, without area or period.")
    definition: Text = Field(description="What exactly is counted, and what is not.")
    unit: Text = Field(description="What one is: `children`, `%`, `per 10,000 children`.")
    kind: MeasureKind = Field(description="How the figure is made; protection depends on it.")
    decimals: int = Field(0, ge=0, le=6, description="Decimals of the published figure.")
    polarity: Literal["high", "low", "none"] = Field("none", description="Which direction is good, if any.")
    numerator: Id | None = Field(None, description="The measure that a percentage or rate counts.")
    denominator: Id | None = Field(None, description="The measure that a percentage or rate is out of.")
    denominator_at: Literal["same", "total"] = Field(
        "same", description="Whether the denominator is the same cell, or the figure for all categories together."
    )
    denominator_at_least: int | None = Field(
        None, ge=1, description="A reviewer's word that no denominator is smaller, where the source prints none."
    )
    denominator_reason: OptionalText = Field(
        "", description="Why none is smaller than `denominator-at-least`. It is published."
    )
    change_of: Id | None = Field(
        None, description="The measure whose change since the period before this percentage gives."
    )
    contributions: tuple[Id, ...] = Field(
        (),
        max_length=10,
        description="Measures that hold the largest contribution to each sum, the second largest, and so on. They are "
        "for protection only, and never published.",
    )
    base: int | None = Field(None, ge=1, description="What a rate counts per, such as 10000.")
    matters: OptionalText = Field("", description="Why the figure matters, in a sentence.")
    reading: OptionalText = Field("", description="How (not) to read the figure, in a sentence.")
    alt: AltText = Field(
        "", description="What its first chart shows, for those who cannot see it, in place of the words that are made."
    )
    chart: ChartKind | None = Field(
        None, description="The kind of its first chart, in place of the one that the shape of the figures chooses."
    )
    bands: tuple[ScoreBand, ...] = Field((), max_length=10, description="The bands of a score, from low to high.")
    interval: Interval | None = Field(None, description="The measures that hold its confidence intervals.")
    unprotected: Text | None = Field(
        None,
        description="The reason why disclosure control is off, published. Only for figures that do not count people.",
    )
    also: tuple[Text, ...] = Field((), description="Other names for it, which readers may search for.")
    statutory: OptionalText = Field("", description="What the law or the national return says that it counts, if any.")
    formerly: tuple[Id, ...] = Field((), description="Names that it had before; pages at its old addresses lead to it.")
    rating: Rating | None = Field(None, description="The rule by which its figures are rated.")

    @model_validator(mode="after")
    def _rating_has_polarity(self) -> Self:
        if self.rating and self.polarity == "none":
            raise ValueError("a measure with a `rating` needs `polarity`, which says that a direction is good")
        return self

    @model_validator(mode="after")
    def _rate_has_base(self) -> Self:
        if (self.kind == "rate") != (self.base is not None):
            raise ValueError("a rate, and nothing else, needs `base`: the number that it counts per")
        return self

    @model_validator(mode="after")
    def _reason_has_a_bound(self) -> Self:
        if self.denominator_reason and self.denominator_at_least is None:
            raise ValueError("`denominator-reason` says why there is a `denominator-at-least`, which is missing")
        return self

    @model_validator(mode="after")
    def _bands_follow_each_other(self) -> Self:
        if any(before.high >= after.low for before, after in itertools.pairwise(self.bands)):
            raise ValueError("`bands` must go from low to high, and none may begin before the one below it ends")
        return self

    @model_validator(mode="after")
    def _change_is_a_percentage(self) -> Self:
        if self.change_of and (self.kind != "percentage" or self.numerator or self.denominator):
            raise ValueError("`change-of` is for a percentage, which then has no numerator and no denominator")
        return self


class Area(Declared):
    """A place that figures are about. The key of the catalogue is its code, GSS where one exists."""

    name: Text = Field(description="The name that readers see.")
    kind: Id = Field(description="Such as `country`, `region`, `local-authority`, `ward`.")
    parent: Code | None = Field(None, description="The code of the area that it is part of.")
    also: tuple[Text, ...] = Field((), description="Other names that sources use for it.")
    members: tuple[Code, ...] = Field((), description="The areas that a group of neighbours is the average of.")


class Category(Declared):
    """One value of a dimension."""

    label: Text = Field(description="What readers see.")
    parent: Code = Field("all", description="The category that it is part of.")
    also: tuple[Text, ...] = Field((), description="Other labels that sources use for it.")


class Dimension(Declared):
    """A way to break a measure down. `all`, the whole, is always there and is not declared."""

    title: Text = Field(description="What readers see, such as `Sex`.")
    categories: dict[Code, Category] = Field(min_length=1, description="Code to category, in the order of display.")

    @model_validator(mode="after")
    def _hierarchy_ends_in_all(self) -> Self:
        if "all" in self.categories:
            raise ValueError("`all` is the whole and is not declared")
        for code in self.categories:
            _walk_up(code, {name: category.parent for name, category in self.categories.items()}, top="all")
        return self


class Caveat(Declared):
    """A warning to readers, published beside the figures."""

    text: Text
    measures: tuple[Id, ...] = Field((), description="The measures that it is about; none means the whole package.")
    conflict: bool = Field(
        False, description="Whether the source contradicts itself here; then it is told wherever one of the figures is."
    )


class Topic(Declared):
    """A subject that packages are grouped by."""

    title: Text
    description: Text
    section: str = Field("", max_length=40, description="The section of the report it follows, if any.")
    order: int = Field(ge=0, le=10_000, description="Its place in lists.")


class Document(Declared):
    """A published document or data set that source tables come from."""

    title: Text
    publisher: Text
    published: Text = Field(description="When it was published, as precisely as is known.")
    licence: Licence
    path: str | None = Field(None, pattern=r"^https?://\S+$", description="Where it is on the web.")


class Publisher(Declared):
    """Who publishes the packages."""

    title: Text
    contact: Text = Field(description="Where readers can ask.")
    licence: Licence


def _walk_up(code: str, parents: dict[str, str], *, top: str) -> None:
    seen = {code}
    while (parent := parents[code]) != top:
        if parent not in parents:
            raise ValueError(f"the parent {parent} is not a category of this dimension")
        if parent in seen:
            raise ValueError(f"the parents of {code} go in a circle")
        seen.add(parent)
        code = parent
