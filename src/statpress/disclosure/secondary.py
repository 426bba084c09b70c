"""Secondary protection: more cells are withheld, so that no withheld cell follows from its neighbours.

The quick method: while an equation leaves a withheld cell too little room, withhold the partner that costs least
(ESSnet Handbook on Statistical Disclosure Control, 2nd edition, 4.2). It looks at one equation at a time.
"""

from __future__ import annotations

from collections.abc import Iterable

from statpress.cube import ALL
from statpress.disclosure.cells import FIRST_DIMENSION, Cells, Key, Rules
from statpress.disclosure.equations import Equation


def find_partners(
    equations: Iterable[Equation], cells: Cells, hidden: set[Key], rules: Rules
) -> tuple[set[Key], list[Equation]]:
    """The cells to withhold beside those already `hidden`, and the equations that no partner can make safe."""
    now = set(hidden)
    hopeless: list[Equation] = []
    for equation in equations:
        while _gives_away(equation, cells, now, rules):
            partner = _cheapest(equation, cells, now)
            if partner is None:
                hopeless.append(equation)
                break
            now.add(partner)
    return now - hidden, hopeless


def _gives_away(equation: Equation, cells: Cells, hidden: set[Key], rules: Rules) -> bool:
    """Whether the equation narrows a withheld cell to less than the band that its mark may stand for."""
    parts = [part for part in equation.parts if part in hidden]
    unknown = len(parts) + equation.rest_is_small
    if equation.total in hidden or not unknown:
        return equation.total in hidden and not unknown and _is_whole(equation, cells)
    return unknown == 1 or _hidden_sum(equation, cells, hidden) - (unknown - 1) < _room(equation, rules)


def _is_whole(equation: Equation, cells: Cells) -> bool:
    """Whether the parts make a withheld total. Where much of it is not printed, they only tell that it is more."""
    number = cells.number(equation.total) if equation.total is not None else None
    return (
        not equation.is_count
        or number is None
        or number - sum(cells.number(part) or 0.0 for part in equation.parts) < 1
    )


def _hidden_sum(equation: Equation, cells: Cells, hidden: set[Key]) -> float:
    """What a reader knows the withheld parts to be together."""
    total = 100.0 if equation.total is None else cells.number(equation.total) or 0.0
    return total - sum(cells.number(part) or 0.0 for part in equation.parts if part not in hidden)


def _room(equation: Equation, rules: Rules) -> float:
    """Counts need room for the whole band beside one for each other part; shares need only a partner."""
    return rules.small[1] if equation.is_count else float("-inf")


def _cheapest(equation: Equation, cells: Cells, hidden: set[Key]) -> Key | None:
    """The shown cell with the least value. A zero cannot hide anything; wholes go last, since readers come for them."""
    shown = [part for part in equation.parts if part not in hidden and (cells.number(part) or 0) > 0]
    if shown:
        return min(shown, key=lambda key: (_wholes(key), cells.number(key), key))
    total = equation.total
    return total if total is not None and total not in hidden and (cells.number(total) or 0) > 0 else None


def _wholes(key: Key) -> int:
    return sum(code == ALL for code in key[FIRST_DIMENSION:])
