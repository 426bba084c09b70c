"""A dashboard: how the measures of a package are rated together, as its source prints it, and the rules behind that."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from statpress.declare.base import Code, Declared, Id, OptionalText, Text

Way = Literal["better", "same", "worse", "neither"]
Counted = Literal["better", "same", "worse", "neither", "1", "2", "3", "4"]
"""A direction, or the number of a quartile."""


class Directions(Declared):
    """What the remark on a measure says of its printed direction. `higher`, `lower` and `none` count as `neither`."""

    better: tuple[Text, ...] = ()
    same: tuple[Text, ...] = ()
    worse: tuple[Text, ...] = ()
    higher: tuple[Text, ...] = Field((), description="More than before, where neither way is good.")
    lower: tuple[Text, ...] = Field((), description="Less than before, where neither way is good.")
    none: tuple[Text, ...] = Field((), description="No direction is printed.")

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        said = [*self.better, *self.same, *self.worse, *self.higher, *self.lower, *self.none]
        if len(said) != len(set(said)):
            raise ValueError("the same words cannot stand for two directions")
        return self


class When(Declared):
    """When the printed key allows a rating."""

    quartile: tuple[int, ...] = Field(min_length=1, description="The quartiles, the best being 1.")
    way: Way | None = Field(None, description="The direction that the measure must have too.")


class DashboardRating(Declared):
    """One rating: what the remark says where it is printed, and when the key allows it."""

    name: Text = Field(max_length=40)
    says: Text = Field(description="A sentence of the remark on a measure.")
    when: tuple[When, ...] = Field(min_length=1, description="It is allowed where one of these holds.")


class PrintedTally(Declared):
    """A printed count of measures, by direction or by quartile."""

    measure: Id = Field(description="A measure of the pipeline: how many measures of the dashboard.")
    by: Id = Field(description="A dimension of the pipeline.")
    counts: dict[Code, Counted] = Field(min_length=1, description="Category to what it counts.")


class Dashboard(Declared):
    """The measures of a package as a dashboard: each with its quartile, its direction and its rating."""

    measure: Id = Field(description="A measure of the pipeline: its figures are the quartiles of the measures.")
    by: Id = Field(
        description="Its dimension: a category is a measure, or `measure.category`, and lies in its theme, if any."
    )
    key: OptionalText = Field("", description="The printed key of the ratings, in words.")
    directions: Directions
    same_within: float = Field(
        0, ge=0, le=100, description="Percent of the figure before: `same` is not contradicted by so small a change."
    )
    ratings: tuple[DashboardRating, ...] = Field((), max_length=7, description="The ratings, the best first.")
    tallies: tuple[PrintedTally, ...] = Field((), description="Counts of measures that the source prints.")
