"""What people say of single cells: withhold this one, never that one, and that one last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from statpress.declare.pipeline import ByHand, Headline, Weight
from statpress.disclosure.cells import Cells, Key, Rules
from statpress.disclosure.named import find_named
from statpress.issue import Issue


def withhold_by_hand(cells: Cells, rules: Rules, by_hand: Iterable[ByHand]) -> tuple[dict[Key, str], list[Issue]]:
    """Each cell that a rule names, with its reason; and an issue for every code of a rule that no such cell has."""
    by_hand = tuple(by_hand)
    found, issues = find_named(cells, rules, by_hand, "withhold")
    return {key: rule.reason for rule, keys in zip(by_hand, found, strict=True) for key in keys}, issues


def find_headlines(cells: Cells, rules: Rules, headlines: Iterable[Headline]) -> tuple[frozenset[Key], list[Issue]]:
    """The cells that may not be withheld; and an issue for every code of a rule that no such cell has."""
    found, issues = find_named(cells, rules, headlines, "never-withhold")
    return frozenset(key for keys in found for key in keys), issues


def weigh_cells(cells: Cells, rules: Rules, weights: Iterable[Weight]) -> tuple[dict[Key, float], list[Issue]]:
    """The weight of each cell that a rule names, the last one where several do; and an issue for every unknown code."""
    weights = tuple(weights)
    found, issues = find_named(cells, rules, weights, "weights")
    return {key: rule.weight for rule, keys in zip(weights, found, strict=True) for key in keys}, issues


def check_headlines(headlines: Collection[Key], withheld: Mapping[Key, str]) -> list[Issue]:
    """An issue for every headline cell that is withheld for itself, by the rule that `withheld` gives."""
    return [_lost(key, withheld[key]) for key in sorted(headlines) if key in withheld]


def _lost(key: Key, rule: str) -> Issue:
    return Issue(
        "headline-withheld",
        f"This figure may never be withheld, and has to be ({rule}): {' '.join(key)}.",
        key="never-withhold",
        hint="Publish it for a larger group, round the figures, or let it be withheld.",
    )
