"""Quantities: what figures are about, whichever package or measure prints them."""

from __future__ import annotations

from typing import NamedTuple

from statpress.cube import ADDITIVE, ALL
from statpress.disclosure.cells import FIRST_DIMENSION, Key, Rules


class Quantity(NamedTuple):
    """A count, or a share of a whole that nothing prints. Figures of two packages are one quantity if all parts agree.

    `codes` are the dimensions that it is broken down by, each with its category, in order of their names.
    """

    measure: str
    area: str
    period: str
    codes: tuple[tuple[str, str], ...]
    is_share: bool = False

    @property
    def words(self) -> str:
        """What it is about, for messages: codes, never figures."""
        codes = " ".join(f"{dimension}={code}" for dimension, code in self.codes)
        return f"{self.measure} {self.area} {self.period} {codes}".rstrip()

    def along(self, dimension: str, code: str) -> Quantity:
        """The same with another category of a dimension; `all` is the whole."""
        others = tuple(pair for pair in self.codes if pair[0] != dimension)
        codes = others if code == ALL else tuple(sorted((*others, (dimension, code))))
        return self._replace(codes=codes)


def quantity_of(key: Key, rules: Rules) -> Quantity:
    """The quantity that a cell of a count prints."""
    pairs = zip(rules.dimensions, key[FIRST_DIMENSION:], strict=True)
    return Quantity(key[0], key[1], key[2], tuple(sorted((name, code) for name, code in pairs if code != ALL)))


def unit_of(measure: str, rules: Rules) -> int:
    """How many units one is: counts, amounts and money are kept as whole numbers of their last printed place.

    The count behind a ratio that nothing names goes by the name of the ratio, and has the unit 1.
    """
    declared = rules.measure(measure)
    return int(10**declared.decimals) if declared is not None and declared.kind in ADDITIVE else 1
