"""What a package says of its dashboard, as frozen models."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from statpress.packages.releases import FORM

Way = Literal["better", "same", "worse", "neither"]


@dataclass(frozen=True)
class Printed:
    """A printed direction in its own `words`. `sign` is 1 or -1 where these say up or down and neither is good."""

    way: Way
    sign: int
    words: str


class Directions(BaseModel):
    """The sentences of a remark that stand for each direction."""

    model_config = FORM

    better: list[str] = []
    same: list[str] = []
    worse: list[str] = []
    higher: list[str] = []
    lower: list[str] = []
    none: list[str] = []

    def find(self, note: str) -> Printed | None:
        """The direction that a remark tells, or None."""
        ways: list[tuple[Way, int, list[str]]] = [
            ("better", 0, self.better),
            ("same", 0, self.same),
            ("worse", 0, self.worse),
            ("neither", 1, self.higher),
            ("neither", -1, self.lower),
            ("neither", 0, self.none),
        ]
        found = (Printed(way, sign, words) for way, sign, said in ways for words in said if words in note)
        return next(found, None)


class When(BaseModel):
    """A case in which the key allows a rating."""

    model_config = FORM

    quartile: list[int] = []
    way: str = ""


class DashboardRating(BaseModel):
    """One rating, with the sentence of a remark that stands for it and when the key allows it."""

    model_config = FORM

    name: str
    says: str
    when: list[When] = []

    def allows(self, quartile: Decimal, way: str) -> bool:
        """Whether the key allows it for a measure in this quartile that went this way."""
        return any(quartile in case.quartile and case.way in ("", way) for case in self.when)


class PrintedTally(BaseModel):
    """A printed count of measures: its measure, and what each category of a dimension counts."""

    model_config = FORM

    measure: str
    by: str
    counts: dict[str, str] = {}


class Dashboard(BaseModel):
    """The measures of a package as a dashboard."""

    model_config = FORM

    measure: str
    by: str
    key: str = ""
    directions: Directions = Directions()
    same_within: Decimal = Decimal(0)
    ratings: list[DashboardRating] = []
    tallies: list[PrintedTally] = []
