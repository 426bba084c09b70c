"""Cells that a person withholds, because no program can know why they must not be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from statpress.cube import key_columns
from statpress.declare.pipeline import ByHand
from statpress.disclosure.cells import Cells, Key, Rules, of_measure
from statpress.issue import Issue


def withhold_by_hand(cells: Cells, rules: Rules, by_hand: Iterable[ByHand]) -> tuple[dict[Key, str], list[Issue]]:
    """Each cell that a rule names, with its reason; and an issue for every code of a rule that no such cell has.

    A misspelt code would otherwise show what it was meant to withhold.
    """
    columns = key_columns(tuple(rules.dimensions))
    keys = [*cells.values, *_computed(cells, rules)]
    notes: dict[Key, str] = {}
    issues: list[Issue] = []
    for index, rule in enumerate(by_hand):
        wanted = {columns.index(column): _codes(codes) for column, codes in rule.where.items()}
        found = [key for key in keys if all(key[at] in codes for at, codes in wanted.items())]
        notes |= dict.fromkeys(found, rule.reason)
        for at, codes in wanted.items():
            issues += [_unmatched(index, columns[at], code) for code in codes if all(key[at] != code for key in found)]
    return notes, issues


def _computed(cells: Cells, rules: Rules) -> Iterator[Key]:
    """The cells of measures that are made after protection, wherever there is a numerator."""
    made = [(rules.measures[measure].numerator, measure) for measure in sorted(rules.computed)]
    for key in cells.values:
        for numerator, measure in made:
            if key[0] == numerator and (ratio := of_measure(key, measure)) not in cells.values:
                yield ratio


def _codes(codes: str | tuple[str, ...]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else codes


def _unmatched(index: int, column: str, code: str) -> Issue:
    return Issue(
        "withholds-nothing",
        f"No figure that this rule withholds has the {column} `{code}`.",
        key=f"withhold.{index}.where.{column}",
        hint="Write codes as in the package: ids of measures, codes of areas and categories, periods as ISO 8601.",
    )
