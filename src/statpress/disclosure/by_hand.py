"""What people decide cell by cell, because no program can know it: what to withhold, to keep, to withhold last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from statpress.declare.pipeline import ByHand, Headline, Weight
from statpress.disclosure.cells import Cells, Key, Rules
from statpress.disclosure.matching import all_cells, check_codes, find_cells
from statpress.disclosure.ratios import denominator_of, numerator_of
from statpress.issue import Issue


def withhold_by_hand(cells: Cells, rules: Rules, by_hand: Iterable[ByHand]) -> tuple[dict[Key, str], list[Issue]]:
    """Each cell that a rule names, with its reason; and an issue for every code of a rule that no such cell has.

    A misspelt code would otherwise show what it was meant to withhold.
    """
    keys = all_cells(cells, rules)
    notes: dict[Key, str] = {}
    issues: list[Issue] = []
    for index, rule in enumerate(by_hand):
        found = find_cells(keys, rule.where, rules)
        notes |= dict.fromkeys(found, rule.reason)
        issues += check_codes(keys, rule.where, rules, f"withhold.{index}")
    return notes, issues


def find_headlines(cells: Cells, rules: Rules, headlines: Iterable[Headline]) -> tuple[dict[Key, int], list[Issue]]:
    """Each cell that may not be withheld, with the place of its rule; and an issue for every code that no cell has.

    A ratio that is made after protection needs its numerator and denominator.
    """
    keys = all_cells(cells, rules)
    kept: dict[Key, int] = {}
    issues: list[Issue] = []
    for index, rule in enumerate(headlines):
        issues += check_codes(keys, rule.where, rules, f"never-withhold.{index}")
        for key in find_cells(keys, rule.where, rules):
            kept |= dict.fromkeys(_with_parts(key, rules), index)
    return kept, issues


def weigh(cells: Cells, rules: Rules, weights: Iterable[Weight]) -> tuple[dict[Key, float], list[Issue]]:
    """What withholding each named cell costs, the last rule that names it; and an issue for every code of no cell.

    The weight of a ratio that is made after protection is that of its numerator and denominator.
    """
    keys = all_cells(cells, rules)
    found: dict[Key, float] = {}
    issues: list[Issue] = []
    for index, rule in enumerate(weights):
        issues += check_codes(keys, rule.where, rules, f"weights.{index}")
        for key in find_cells(keys, rule.where, rules):
            found |= dict.fromkeys(_with_parts(key, rules), rule.weight)
    return found, issues


def _with_parts(key: Key, rules: Rules) -> list[Key]:
    """The cell, with those that it is made of after protection."""
    parts = (numerator_of(key, rules), denominator_of(key, rules)) if key[0] in rules.computed else ()
    return [key, *(part for part in parts if part is not None)]


def check_headlines(kept: Mapping[Key, int], reasons: Mapping[Key, str]) -> list[Issue]:
    """An issue for every rule that keeps a cell which must be withheld for itself."""
    return [
        Issue(
            "headline-withheld",
            f"{' '.join(key)} may not be withheld, and must be ({reasons[key]}).",
            key=f"never-withhold.{kept[key]}",
            hint="Take it out of `never-withhold`, or show a larger group in its place.",
        )
        for key in sorted(kept.keys() & reasons.keys())
    ]
