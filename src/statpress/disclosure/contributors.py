"""Sums that tell what one contributor gave or got: concentration rules for money and other magnitudes.

The largest contributions to each sum come in as measures of their own, for protection only. ESSnet Handbook on
Statistical Disclosure Control, 2nd edition, 4.2: the (n, k) rule and the p % rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from statpress.declare.policy import Contributors, Dominance
from statpress.disclosure.cells import Cells, Key, Rules


def find_concentrated(cells: Cells, rules: Rules) -> dict[Key, str]:
    """The sums that too few contributors make up, each with the name of the rule.

    Where the policy has such a rule and nobody declares the contributions that it needs, money is withheld.
    """
    policy = rules.policy.contributors
    if policy.dominance is None and policy.p_percent is None:
        return {}
    found: dict[Key, str] = {}
    for key, value in cells.values.items():
        measure = rules.measures[key[0]]
        if value and not measure.unprotected and (measure.kind == "money" or measure.contributions):
            rule = _rule(value, cells.contributions.get(key, ()), policy)
            if rule:
                found[key] = rule
    return found


def _rule(total: float, contributions: Sequence[float | None], policy: Contributors) -> str | None:
    needed = max(policy.dominance.largest if policy.dominance else 0, 2 if policy.p_percent else 0)
    largest = [part for part in contributions[:needed] if part is not None]
    if len(largest) < needed:
        return "unknown-contributors"
    if policy.dominance and is_dominated(total, largest, policy.dominance):
        return "dominance"
    return "p-percent" if policy.p_percent and is_close(total, largest, policy.p_percent) else None


def is_dominated(total: float, largest: Sequence[float], rule: Dominance) -> bool:
    """Whether the n largest contributions are more than k percent of the total."""
    return sum(largest[: rule.largest]) * 100 > rule.share * total


def is_close(total: float, largest: Sequence[float], percent: float) -> bool:
    """Whether what is left of the total beside the two largest is less than p percent of the largest.

    If so, whoever gave the second largest can work out the largest to within p percent.
    """
    return (total - largest[0] - largest[1]) * 100 < percent * largest[0]
