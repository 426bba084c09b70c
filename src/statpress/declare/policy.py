"""Disclosure policies: what may not be shown, how figures are rounded, and how well what is withheld is protected.

A policy is declared, named, and published in words and in numbers with every package that it protects.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from statpress.declare.base import Band, Declared, Text, band


def _with_underscores(name: Any) -> Any:
    return name.replace("-", "_") if isinstance(name, str) else name


Standard = Annotated[Literal["not_determined", "zero_aware", "symbol"], BeforeValidator(_with_underscores)]
"""How little a reader may learn of a withheld number; `not-determined` and `zero-aware` are understood as well."""
Effort = Literal["quick", "good", "exact"]
Cost = Literal["cells", "value", "weights"]
Method = Literal["conventional", "controlled"]
METHODS: Final[tuple[Method, ...]] = ("conventional", "controlled")
Small = Literal["withheld", "rounded"]


class Withhold(Declared):
    """Which counts are withheld for themselves."""

    counts: Band = Field(description="Counts in this band are withheld, such as `1..5`.")
    zeros: Literal["shown", "withheld"] = Field("shown", description="Whether a true zero may be shown.")
    complements: bool = Field(True, description="Whether 52 of 57 is withheld because it tells 5.")
    groups: Literal["shown", "withheld"] = Field(
        "shown", description="Whether it may be shown that everyone of a group is in one category: 0 % or 100 %."
    )

    @field_validator("counts")
    @classmethod
    def _band_counts_up(cls, counts: str) -> str:
        low, high = band(counts)
        if low > 1 or high < 1 or low > high:
            raise ValueError("the band starts at 0 or 1 and counts up, such as 1..5")
        return counts


class Ratios(Declared):
    """Which percentages, rates and means are withheld, and which are shown with the status `u`, low reliability."""

    smallest_denominator: int = Field(20, ge=1, description="Ratios out of fewer than this are withheld.")
    smallest_numerator: int = Field(0, ge=0, description="Percentages and rates that count fewer are withheld.")
    reliable_denominator: int = Field(0, ge=0, description="Ratios out of fewer than this are shown with status `u`.")
    reliable_numerator: int = Field(0, ge=0, description="Those that count fewer than this are shown with status `u`.")


LEAST_BASE: Final[dict[Method, int]] = {"conventional": 5, "controlled": 3}
"""The smallest base under which two counts or more round to zero without being zero."""


class Rounding(Declared):
    """How counts are rounded; percentages, rates and means are then made from rounded counts only."""

    base: int = Field(ge=2, le=1000, description="Counts become multiples of this, such as 3, 5 or 10.")
    method: Method = Field(
        "conventional",
        description="Each to the nearest; or `controlled`: so that every total is the sum of its rounded parts.",
    )
    small: Small = Field(
        "withheld", description="Whether small counts are withheld besides, or rounded like all others."
    )

    @model_validator(mode="after")
    def _close_to_zero_is_no_one_number(self) -> Self:
        """What rounds to zero and is not zero has a mark of its own, which must not stand for 1 alone."""
        least = LEAST_BASE[self.method]
        if self.small == "rounded" and self.base < least:
            message = f"where small counts are rounded so, `low` would say that a count is 1: the base must be {least}"
            raise ValueError(f"{message} or more, or `small: withheld`")
        return self


class Dominance(Declared):
    """A sum is withheld where its largest contributors make up nearly all of it."""

    largest: int = Field(2, ge=1, le=10, description="How many contributors, the largest first.")
    share: float = Field(90, gt=0, lt=100, description="The most that they may make up of a sum, in percent.")


class Contributors(Declared):
    """Which sums of money and other magnitudes are withheld, since they tell what one contributor gave or got."""

    dominance: Dominance | None = Field(None, description="The (n, k) rule; none if left out.")
    p_percent: float | None = Field(
        None,
        gt=0,
        le=100,
        description="Withhold where the second largest could work out the largest to within so many percent.",
    )


class Protection(Declared):
    """How well withheld numbers are protected against whoever combines everything that is printed."""

    standard: Standard = Field(
        "symbol",
        description="`symbol`: a reader learns no more than the mark says. `zero_aware`: a withheld number always has "
        "several possible values, also for who knows that zeros are shown. `not_determined`: the same, for who does "
        "not know that.",
    )
    effort: Effort = Field("good", description="How long to look for the pattern that withholds least.")
    cost: Cost = Field("value", description="What to withhold least of: cells, their value, or the weights declared.")
    insiders: Literal["shielded", "ignored"] = Field(
        "shielded", description="Whether somebody who is alone in a withheld cell, and knows it, may learn another."
    )
    hidden_sums: Literal["protected", "ignored"] = Field(
        "protected", description="Whether numbers withheld from one total may be a small count together."
    )


class Policy(Declared):
    """A rule of disclosure control, named and published with every package that it protects."""

    title: Text = Field(description="The policy in one line, for readers.")
    withhold: Withhold
    ratios: Ratios = Ratios()
    rounding: Rounding | None = Field(None, description="How counts are rounded; not at all if left out.")
    contributors: Contributors = Contributors()
    protection: Protection = Protection()
    source: Text = Field(description="Whose rule it is, and where it is printed.")

    @model_validator(mode="after")
    def _rounding_hides_no_zeros(self) -> Self:
        if self.rounding and self.rounding.small == "rounded" and self.withhold.zeros == "withheld":
            raise ValueError("where small counts are rounded, not withheld, a withheld zero would be told by its mark")
        return self

    @property
    def withholds_small(self) -> bool:
        """Whether small counts are withheld; if not, they are rounded."""
        return self.rounding is None or self.rounding.small == "withheld"
