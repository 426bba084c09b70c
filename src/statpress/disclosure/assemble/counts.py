"""What is printed as it is: counts, amounts and sums of money."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from statpress.cube import ADDITIVE
from statpress.disclosure.assemble.draft import Draft, Variable
from statpress.disclosure.assemble.part import INFINITE, Part
from statpress.disclosure.assemble.quantity import Quantity, quantity_of, unit_of
from statpress.disclosure.cells import Key

BEFORE = "withheld-before"
"""The rule under which a cell stays withheld because an earlier release withholds it."""
BLIND = ("by-hand", "part-of-withheld", BEFORE)
"""Rules under which readers know nothing of the number: it may be zero."""


def write_counts(draft: Draft, part: Part) -> dict[Key, int]:
    """Write down every count of a part. Returns the item of each of its cells."""
    return {
        key: _write(draft, part, key)
        for key in sorted(part.cells.values)
        if part.rules.measures[key[0]].kind in ADDITIVE and part.cells.says(key)
    }


def write_known(draft: Draft, part: Part, known: Mapping[Quantity, Collection[float]]) -> None:
    """Write down what everybody knows, such as what an earlier release shows.

    A figure that has been revised since is not known; of one that was revised and is no longer printed, nothing is.
    """
    for quantity, values in sorted(known.items()):
        measure = part.rules.measure(quantity.measure)
        if measure is None or measure.kind not in ADDITIVE:
            continue
        exact = {float(round(value * unit_of(quantity.measure, part.rules))) for value in values}
        variable = draft.of(quantity)
        if variable.guess is None and variable.item < 0 and len(exact) == 1:
            (variable.guess,) = exact
        if variable.guess in exact:
            variable.shown = variable.hidden = (variable.guess, variable.guess)


def _write(draft: Draft, part: Part, key: Key) -> int:
    quantity = quantity_of(key, part.rules)
    value = part.cells.number(key)
    true = None if value is None else float(round(value * unit_of(key[0], part.rules)))
    variable = draft.of(quantity)
    if variable.item >= 0 and variable.guess != true:
        variable = draft.variables[draft.add(Variable())]
    if variable.item < 0:
        _print(draft, variable, part, key, true)
    draft.required[variable.item] |= key in part.reasons
    return variable.item


def _print(draft: Draft, variable: Variable, part: Part, key: Key, true: float | None) -> None:
    least = 0.0 if part.reasons.get(key) in BLIND else float(part.least)
    variable.guess = true
    variable.hidden = _hidden(part, key, least if true is None else min(least, true))
    variable.shown = variable.hidden if true is None else part.cells.told.get(key, (true, true))
    variable.item = draft.item(_cost(part, key, true))


def _hidden(part: Part, key: Key, least: float) -> tuple[float, float]:
    """What the mark says: the source's own, where that is declared."""
    low, high = part.cells.means.get(key, (least, INFINITE))
    return float(low), float(high)


def _cost(part: Part, key: Key, true: float | None) -> float:
    """Its value. What a reader knows not to be zero cannot be a withheld zero."""
    if true is None or key in part.reasons:
        return 0.0
    return INFINITE if true < part.least else part.price(key, true)
