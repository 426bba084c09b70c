"""The rule by which a package rates the figures of a measure, as frozen models."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel

from statpress.packages.releases import FORM


class RatingBand(BaseModel):
    """One band of a rating: the numbers that it covers."""

    model_config = FORM

    name: str
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether a number is in the band."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


class Rating(BaseModel):
    """A declared rule that rates figures, the best band first."""

    model_config = FORM

    title: str = ""
    bands: list[RatingBand] = []
