"""What is part of what without adding up to it: a percentage counts no more than it is out of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from statpress.audit.compile.sums import at_most
from statpress.audit.facts import Fact
from statpress.audit.printed import PrintedTable, Quantity


def find_parts(tables: Sequence[PrintedTable]) -> list[tuple[str, str]]:
    """The measures of which one is a part of the other, cell by cell."""
    return sorted(
        {
            (measure.numerator, measure.denominator)
            for table in tables
            for measure in table.measures.values()
            if measure.kind == "percentage" and measure.numerator and measure.denominator
            if measure.numerator != measure.denominator
        }
    )


def compile_parts(tables: Sequence[PrintedTable], names: Iterable[Quantity]) -> Iterator[Fact]:
    """No cell of a part is more than that of the whole."""
    known = set(names)
    wholes: dict[str, list[str]] = {}
    for numerator, denominator in find_parts(tables):
        wholes.setdefault(numerator, []).append(denominator)
    for name in sorted(known):
        for denominator in wholes.get(name.measure, ()):
            if (whole := name._replace(measure=denominator)) in known:
                yield at_most(whole, [name], "part", name.measure)
