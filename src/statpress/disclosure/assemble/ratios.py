"""What percentages, rates and means tell of the counts behind them.

A value P with half a last place h, of N out of D, says that (P - h) D <= per N <= (P + h) D: two facts in whole numbers
(see docs/explanation/disclosure.md). Where nothing says what it is out of, shares of one whole are quantities of their
own, since they make 100 together.
"""

from __future__ import annotations

from collections.abc import Mapping

from statpress.disclosure.assemble.draft import Draft, Variable
from statpress.disclosure.assemble.part import INFINITE, Part
from statpress.disclosure.assemble.quantity import Quantity, quantity_of, unit_of
from statpress.disclosure.cells import Key, Rules, of_measure, whole
from statpress.disclosure.changes import compared
from statpress.disclosure.ratios import FRACTIONS, PER, denominator_of, numerator_of


def write_ratios(draft: Draft, part: Part, items: dict[Key, int]) -> dict[Key, int]:
    """Write down every ratio of a part. `items` are those of its counts. Returns the item of each ratio."""
    found: dict[Key, int] = {}
    for key in sorted(part.cells.values):
        if part.rules.measures[key[0]].kind in FRACTIONS and part.cells.says(key):
            found[key] = draft.item(_cost(draft, part, key))
            draft.required[found[key]] = key in part.reasons
            _imply(draft, part, key, items, found[key])
            if not part.rules.measures[key[0]].change_of:
                _write(draft, part, key, items, found[key])
    return found


def count_behind(key: Key, rules: Rules) -> Quantity:
    """The count that a ratio is made from: its numerator, or one that only it tells of, with its name."""
    return quantity_of(of_measure(key, rules.measures[key[0]].numerator or key[0]), rules)


def whole_behind(key: Key, rules: Rules) -> Quantity | None:
    """What a ratio is out of, in whichever package; None where nothing says."""
    declared = rules.measures[key[0]]
    if declared.denominator is None:
        return None
    other = of_measure(key, declared.denominator)
    return quantity_of(whole(other) if declared.denominator_at == "total" else other, rules)


def share_of(key: Key, rules: Rules) -> Quantity:
    """The share itself as a quantity, in halves of its last printed place."""
    return quantity_of(key, rules)._replace(is_share=True)


def halves(measure: str, rules: Rules) -> int:
    """How many halves of its last printed place one percent is."""
    return 2 * int(10 ** rules.measures[measure].decimals)


def per(measure: str, rules: Rules) -> int:
    """What a ratio counts per: 100 for percentages."""
    declared = rules.measures[measure]
    return declared.base or PER[declared.kind]


def is_share(measure: str, rules: Rules) -> bool:
    """Whether all figures of the measure for one area and period are out of one whole."""
    declared = rules.measures[measure]
    return declared.denominator_at == "total" or (declared.kind == "percentage" and declared.denominator is None)


def _imply(draft: Draft, part: Part, key: Key, items: dict[Key, int], item: int) -> None:
    """A ratio with a withheld numerator or denominator would give it away, and so would a change."""
    parts: tuple[Key | None, ...] = (numerator_of(key, part.rules), denominator_of(key, part.rules))
    if part.rules.measures[key[0]].change_of:
        parts = compared(key, part.cells, part.rules) or ()
    for other in parts:
        if other in items:
            draft.implied.add((items[other], item))


def _write(draft: Draft, part: Part, key: Key, items: Mapping[Key, int], item: int) -> None:
    """What a ratio tells. One between two printed counts tells nothing more, as it goes when either does."""
    numerator, denominator = numerator_of(key, part.rules), denominator_of(key, part.rules)
    count, out_of = count_behind(key, part.rules), whole_behind(key, part.rules)
    if out_of is not None and (draft.is_told(out_of) or draft.is_told(count)):
        if part.rules.measures[key[0]].kind == "percentage" or count not in draft.wholes:
            draft.wholes[count] = out_of
        if not (numerator in items and denominator in items):
            _bind(draft, part, key, item, (count, out_of))
    elif is_share(key[0], part.rules):
        _share(draft, part, key, item)


def _bind(draft: Draft, part: Part, key: Key, item: int, names: tuple[Quantity, Quantity]) -> None:
    """The two facts that a shown ratio tells of numerator and denominator."""
    count, whole = draft.column(names[0]), draft.column(names[1])
    value = part.cells.number(key)
    if value is None:
        return
    rules = part.rules
    scale = halves(key[0], rules)
    units = unit_of(names[0].measure, rules), unit_of(names[1].measure, rules)
    left = scale * per(key[0], rules) * units[1]
    printed = round(value * scale)
    _guess(draft, names, value / per(key[0], rules), 1 / (scale * per(key[0], rules)))
    for row in ({count: left, whole: -(printed - 1) * units[0]}, {count: -left, whole: (printed + 1) * units[0]}):
        side = draft.add(Variable(shown=(0.0, INFINITE), hidden=(-INFINITE, INFINITE), item=item))
        draft.fact({**row, side: -1})


def _guess(draft: Draft, names: tuple[Quantity, Quantity], ratio: float, half: float) -> None:
    count, whole = draft.of(names[0]), draft.of(names[1])
    if count.guess is None and count.item < 0 and whole.guess is not None:
        count.guess, count.slack = ratio * whole.guess, half * whole.guess + 0.5


def _share(draft: Draft, part: Part, key: Key, item: int) -> None:
    """A share is known to half its last place while it is shown, and to lie between nothing and all once withheld."""
    value = part.cells.number(key)
    variable = draft.of(share_of(key, part.rules))
    scale = halves(key[0], part.rules)
    variable.item = item
    variable.hidden = (0.0, float(scale * per(key[0], part.rules)))
    variable.shown = variable.hidden
    if value is not None:
        variable.guess, variable.slack = value * scale, 1.0
        variable.shown = (max(round(value * scale) - 1.0, 0.0), round(value * scale) + 1.0)


def _cost(draft: Draft, part: Part, key: Key) -> float:
    """About how many it counts: out of what is printed, or the least that is known."""
    value = part.cells.number(key)
    denominator = denominator_of(key, part.rules)
    out_of = part.cells.number(denominator) if denominator is not None else None
    if value is None or key in part.reasons:
        return 0.0
    least = part.rules.measures[key[0]].denominator_at_least or 100
    return part.price(key, value / per(key[0], part.rules) * (out_of or least))
