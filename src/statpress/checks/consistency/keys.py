"""Ratings, such as red, amber and green or a quartile, against the key that is printed with them."""

from __future__ import annotations

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats
from statpress.checks.consistency.outcome import EPSILON, Outcome
from statpress.checks.consistency.select import select, unique_union
from statpress.declare.claims import Band, Bands, Key


def check_key(facts: Facts, claim: Key) -> Outcome:
    """Where a row has a rating, and nothing of what the key asks of rows with it."""
    broken: list[int] = []
    compared = 0
    for rating, allowed in claim.allows.items():
        rated = select(facts, {**claim.figures, claim.column: rating})
        fits = unique_union(select(facts, where) for where in allowed)
        broken += np.setdiff1d(rated, fits).tolist()
        compared += len(rated)
    return Outcome([(cell,) for cell in sorted(broken)], compared)


def check_bands(facts: Facts, claim: Bands) -> Outcome:
    """Where a figure is not among the numbers that its rating covers."""
    broken: list[int] = []
    compared = 0
    for rating, band in claim.bands.items():
        rated = select(facts, {**claim.figures, claim.column: rating})
        compared += len(rated)
        rated = rated[~np.isnan(facts.value[rated])]
        broken += rated[~_covers(band, facts.value[rated])].tolist()
    return Outcome([(cell,) for cell in sorted(broken)], compared)


def _covers(band: Band, values: Floats) -> Bools:
    covered = np.ones(len(values), dtype=bool)
    if band.at_least is not None:
        covered &= values >= band.at_least - EPSILON
    if band.above is not None:
        covered &= values > band.above + EPSILON
    if band.at_most is not None:
        covered &= values <= band.at_most + EPSILON
    if band.below is not None:
        covered &= values < band.below - EPSILON
    return covered
