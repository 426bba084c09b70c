"""Which tables tell something of each other, and must be attacked together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from statpress.audit.facts import Range
from statpress.audit.printed import PrintedTable, Quantity


def link(tables: Sequence[PrintedTable]) -> list[list[PrintedTable]]:
    """The tables that are linked by measures, directly or through others, in their order."""
    groups: list[tuple[set[str], list[PrintedTable]]] = []
    for table in tables:
        spoken = _measures_of(table)
        linked = [group for group in groups if group[0] & spoken]
        others = [group for group in groups if not group[0] & spoken]
        names = spoken.union(*(group[0] for group in linked))
        groups = [*others, (names, [*(one for group in linked for one in group[1]), table])]
    return [group for _, group in groups]


def _measures_of(table: PrintedTable) -> set[str]:
    """The measures of a table, and those behind its ratios."""
    ratios = table.measures.values()
    behind = {name for measure in ratios for name in (measure.numerator, measure.denominator, measure.change_of)}
    return {*table.measures, *behind} - {""}


def spoken_of(known: Mapping[Quantity, Range], group: Sequence[PrintedTable]) -> dict[Quantity, Range]:
    """Those of the figures known elsewhere that tables of a group may tell something of."""
    measures = {measure for table in group for measure in _measures_of(table)}
    return {name: values for name, values in known.items() if name.measure in measures}
