"""What must stay unknown: what is withheld, and small counts that nothing prints but that would follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from statpress.cube import ADDITIVE
from statpress.disclosure.assemble.counts import BEFORE
from statpress.disclosure.assemble.draft import Draft
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity, quantity_of, unit_of
from statpress.disclosure.assemble.ratios import count_behind, halves, per, share_of
from statpress.disclosure.cells import Key, Rules
from statpress.disclosure.problem import NO_ITEM, Need
from statpress.disclosure.standards import Promise
from statpress.linear.system import Floats, Form


def promise_of(rules: Rules) -> Promise:
    """What the policy of a pipeline promises for every small count."""
    first, last = rules.small
    return Promise(rules.policy.protection.standard, last, zeros_withheld=first == 0)


SMALL = ("small-count", "small-numerator")
"""The rules under which a withheld count is, or may be, in the band."""


def find_needs(
    draft: Draft, part: Part, items: Mapping[Key, int], truth: Floats
) -> Iterator[tuple[Need, Quantity, bool]]:
    """The needs of one part, each with what it is about, and whether that is printed by nothing.

    `items` are those of the cells of the part, `truth` (n,) a point of the draft.
    """
    for key in sorted(part.reasons.keys() & items.keys()):
        if not part.rules.measures[key[0]].unprotected:
            for need in _of_cell(draft, part, key, items[key], truth):
                yield need, quantity_of(key, part.rules), False
    for key in _small_and_rounded(part, items):
        column = _column_of(draft, part, key, items[key])
        true = float(truth[column])
        yield Need(Form.one(column), true, true, width=1.0), quantity_of(key, part.rules), False
    complements = draft.complements if part.rules.policy.withhold.complements else {}
    for column, name in (draft.rests | complements).items():
        if _is_small(draft, part, column, name.measure):
            yield _of_count(part, name.measure, column, truth, "small-count"), name, True


def _small_and_rounded(part: Part, items: Mapping[Key, int]) -> list[Key]:
    """The small counts that are rounded in place of being withheld: other rounded figures may not tell them."""
    if part.rules.policy.withholds_small:
        return []
    keys = sorted(part.cells.told.keys() & items.keys() - part.reasons.keys())
    return [key for key in keys if (value := part.cells.values[key]) is not None and part.rules.is_small(value, value)]


def _of_cell(draft: Draft, part: Part, key: Key, item: int, truth: Floats) -> Iterator[Need]:
    share, count = share_of(key, part.rules), count_behind(key, part.rules)
    rule = part.reasons[key]
    if part.rules.measures[key[0]].kind in ADDITIVE:
        need = _of_count(part, key[0], _column_of(draft, part, key, item), truth, rule)
    elif rule == BEFORE:
        return
    elif share in draft.columns:
        value = float(truth[draft.columns[share]])
        need = Need(Form.one(draft.columns[share]), value, value, width=_width_of_share(part.rules, key[0]))
    elif count in draft.columns and draft.of(count).item == NO_ITEM and not draft.of(count).is_public:
        if truth[draft.columns[count]] == 0 < part.rules.small[0]:
            return  # A ratio of nobody tells of nobody; what may be more than zero is not told.
        need = _of_count(part, count.measure, draft.columns[count], truth, rule)
    else:
        return
    yield replace(need, item=item)


def _column_of(draft: Draft, part: Part, key: Key, item: int) -> int:
    """The column of a count, which has one of its own where two packages print different numbers."""
    column = draft.columns[quantity_of(key, part.rules)]
    if draft.variables[column].item == item:
        return column
    return next(place for place, variable in enumerate(draft.variables) if variable.item == item)


def _of_count(part: Part, measure: str, column: int, truth: Floats, rule: str) -> Need:
    """Under `symbol` a small count may be all of the band, and any other is as uncertain as the band is wide.

    Of a mark of the source nobody knows whether it stands for a small count, or protects one: it is not determined.
    """
    promise, form, unit = promise_of(part.rules), Form.one(column), unit_of(measure, part.rules)
    if promise.standard != "symbol" or rule == "source":
        return Need(form, float(truth[column]), float(truth[column]), width=float(unit))
    if rule in SMALL:
        return Need(form, promise.least * unit, promise.most * unit)
    wide = max(promise.most - promise.least, 1)
    return Need(form, float(truth[column]), float(truth[column]), width=float(wide * unit))


def _width_of_share(rules: Rules, measure: str) -> float:
    """Twice what rounding leaves open; under `symbol` the whole band, out of the least that it may be out of."""
    promise, least = promise_of(rules), rules.measures[measure].denominator_at_least
    band = (promise.most - promise.least) / least * halves(measure, rules) * per(measure, rules) if least else 0.0
    return max(4.0, band) if promise.standard == "symbol" else 4.0


def _is_small(draft: Draft, part: Part, column: int, measure: str) -> bool:
    """Whether something that nothing prints is known to its owner to be small, and counts people."""
    declared, variable = part.rules.measure(measure), draft.variables[column]
    if declared is None or variable.guess is None or declared.unprotected or declared.kind in ("amount", "money"):
        return False
    unit = unit_of(measure, part.rules)
    return part.rules.is_small((variable.guess - variable.slack) / unit, (variable.guess + variable.slack) / unit)
