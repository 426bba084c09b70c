"""What nobody may learn: withheld counts, and the quantities that would tell as much though no cell holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from statpress.audit.compile.cells import CLOSE_TO_ZERO
from statpress.audit.compile.ratios import denominator_of, numerator_of
from statpress.audit.facts import Fact, Facts, Terms
from statpress.audit.printed import STANDARDS, PrintedTable, Quantity, Standard
from statpress.cube import ADDITIVE
from statpress.status import WITHHELD

TargetKind = Literal[
    "count", "money", "earlier", "numerator", "complement", "sum", "rest", "share", "behind", "rounded"
]


@dataclass(frozen=True)
class Target:
    """A linear form of quantities that must stay uncertain, and what of it a reader may learn.

    `is_small` says that it is known to lie in the band, so that the whole band must stay possible; without it only a
    range that lies in the band tells that the form is small. `table` is the place of the table among those attacked.
    """

    kind: TargetKind
    terms: Terms
    band: tuple[int, int]
    standard: Standard
    table: int
    is_small: bool = False

    @property
    def name(self) -> Quantity:
        """The quantity that the form is first about."""
        return self.terms[0][0]

    @property
    def is_cell(self) -> bool:
        """Whether a cell of the table holds it."""
        return self.kind in ("count", "money")

    @property
    def must_differ(self) -> bool:
        """Whether several values must stay possible, small or not: what is withheld, or a withheld ratio counts."""
        return self.is_cell or self.kind == "behind"


def is_of_nobody(target: Target, low: float, high: float) -> bool:
    """Whether a withheld ratio surely counts nobody: where zeros are shown, that tells nothing of anybody."""
    return target.kind == "behind" and low == high == 0 < target.band[0]


def is_safe(target: Target, low: float, high: float) -> bool:
    """Whether a reader who knows the form to be within `low` and `high`, both possible, knows too little.

    A range that is safe stays safe when it is wider.
    """
    first, last = target.band
    if is_of_nobody(target, low, high):
        return True
    if low > high or (target.must_differ and low == high):
        return False
    if target.kind == "share":
        return high - low > target.band[1]
    if target.standard != "symbol" or target.kind == "money":
        return target.must_differ or low < high or not first <= low <= last
    if target.is_small:
        return low <= first and high >= last
    return not (first <= low and high <= last and (low, high) != (first, last))


@dataclass(frozen=True)
class Wanted:
    """What is asked of an attack: the quantities that are sensitive for themselves, and what the others must meet."""

    sensitive: Mapping[Quantity, Standard] | None
    standards: tuple[Standard, ...] = ("symbol",)
    """What the rules of the tables promise"""

    @cached_property
    def strictest(self) -> Standard:
        """What the quantities that no cell holds must meet."""
        return max((self.sensitive or {}).values() or self.standards, key=STANDARDS.index)


def find_targets(tables: Sequence[PrintedTable], facts: Facts, wanted: Wanted) -> tuple[Target, ...]:
    """Every target of the tables, each once, cells first.

    Without sensitive quantities every withheld count must meet the standard of its table, as far as one can tell from
    outside.
    """
    found: dict[Terms, Target] = {}
    cells = (target for place, table in enumerate(tables) for target in _cells(place, table, facts, wanted))
    behind = (target for place, table in enumerate(tables) for target in _behind_ratios(place, table, facts, wanted))
    rounded = (target for place, table in enumerate(tables) for target in _rounded(place, table, facts))
    ordered = sorted(behind, key=lambda target: target.kind != "behind")
    for target in (*cells, *rounded, *ordered, *_shares(tables, facts, wanted)):
        found.setdefault(target.terms, target)
    withheld = {target.name for target in found.values() if target.is_cell}
    for target in _in_rows(tables, facts, withheld, wanted):
        found.setdefault(target.terms, target)
    return tuple(target for target in found.values() if all(name in facts.columns for name, _ in target.terms))


def _cells(place: int, table: PrintedTable, facts: Facts, wanted: Wanted) -> Iterator[Target]:
    again = {row.terms[1][0] for row in facts.rows if row.kind == "link" and not facts.is_fixed(row.terms[0][0])}
    for name, cell in table.quantities():
        measure = table.measures[name.measure]
        if (
            measure.kind not in ADDITIVE
            or measure.change_of
            or measure.unprotected
            or cell.value is not None
            or name in again
        ):
            continue
        if cell.status == WITHHELD or cell.most is not None:
            band = table.rules.band if cell.most is None else (cell.least or 0, cell.most)
            terms, is_count = ((name, 1),), measure.kind == "count"
            if wanted.sensitive is None:
                kind: TargetKind = "count" if is_count else "money"
                yield Target(kind, terms, band, table.rules.standard, place, is_small=cell.most is not None)
            elif name in wanted.sensitive:
                kind = "count" if is_count else "money"
                yield Target(kind, terms, band, wanted.sensitive[name], place, is_small=True)
            elif not table.is_current and is_count:
                yield Target("earlier", terms, band, wanted.strictest, place)


def _rounded(place: int, table: PrintedTable, facts: Facts) -> Iterator[Target]:
    """Rounded counts that may be small. What others leave of such a one must not be one small count.

    Totals that are rounded for themselves can tell it: four parts of 1 or 2 in a total of 8 to 12 are 2 each.
    """
    if table.rules.rounding is None or table.rules.rounding.small == "withheld":
        return
    first, last = table.rules.band
    for name, cell in table.quantities():
        low, high = facts.range_of(name)
        is_told = cell.value is not None or cell.status == CLOSE_TO_ZERO
        if is_told and _counts_people(name, table) and (low or 0) <= last and (high is None or high >= first):
            yield Target("rounded", ((name, 1),), (first, last), "zero_aware", place)


def _behind_ratios(place: int, table: PrintedTable, facts: Facts, wanted: Wanted) -> Iterator[Target]:
    """The count that a percentage or rate counts, and what it leaves of the whole.

    What follows of a withheld one is no better than if it were shown. Where that is sensitive and its whole is printed,
    the count would be the ratio, and may not follow.
    """
    for name, cell in table.quantities():
        measure = table.measures[name.measure]
        is_told = cell.value is not None or cell.status == WITHHELD
        if measure.kind not in ("percentage", "rate") or not is_told or measure.unprotected or measure.change_of:
            continue
        numerator, denominator = numerator_of(name, table), denominator_of(name, table)
        if _counts_people(numerator, table):
            may_follow = (
                name not in (wanted.sensitive or {}) or cell.value is not None or not facts.is_fixed(denominator)
            )
            kind: TargetKind = "numerator" if may_follow else "behind"
            if not facts.is_fixed(numerator):
                yield Target(kind, ((numerator, 1),), table.rules.band, wanted.strictest, place)
            if measure.kind == "percentage" and table.rules.complements and numerator != denominator:
                terms = ((denominator, 1), (numerator, -1))
                yield Target("complement", terms, table.rules.band, wanted.strictest, place)


def _shares(tables: Sequence[PrintedTable], facts: Facts, wanted: Wanted) -> Iterator[Target]:
    """Withheld percentages of one whole. A range no wider than what rounding leaves tells as much as the figure does.

    Their band is from no width to that one, which each of the other shares widens by one step of the last decimal.
    """
    of_table = {name: place for place, table in enumerate(tables) for name, _ in table.quantities()}
    for row in facts.rows:
        if row.kind == "share":
            for name, _ in row.terms:
                place = of_table.get(name._replace(part=""))
                if place is not None and tables[place].cell_of(name).value is None:
                    yield Target("share", ((name, 1),), (0, 2 * (len(row.terms) - 1)), wanted.strictest, place)


def _counts_people(name: Quantity, table: PrintedTable) -> bool:
    measure = table.measures.get(name.measure)
    return measure is None or bool(name.part) or (measure.kind == "count" and not measure.unprotected)


def _in_rows(tables: Sequence[PrintedTable], facts: Facts, withheld: set[Quantity], wanted: Wanted) -> Iterator[Target]:
    """What is withheld of one sum, taken together, and what parts leave of a whole: groups of people as well.

    Two cells of 5 and 3 that are known to make 8 are a group of 8, which a threshold of 11 forbids to tell.
    """
    of_table = {name: place for place, table in enumerate(tables) for name, _ in table.quantities()}
    for row in facts.rows:
        whole = row.terms[0][0]
        place = of_table.get(whole)
        if place is not None and row.kind in _WHOLES and _counts_people(whole, tables[place]):
            kind = _kind_of(row, tables[place], facts, withheld)
            terms = row.terms
            if kind == "sum":
                terms = tuple((name, 1) for name, _ in row.terms[1:] if not facts.is_fixed(name))
            if kind is not None and (kind != "sum" or wanted.strictest == "symbol"):
                yield Target(kind, terms, tables[place].rules.band, wanted.strictest, place)


_WHOLES = ("sum", "area", "period", "part")


def _kind_of(row: Fact, table: PrintedTable, facts: Facts, withheld: set[Quantity]) -> TargetKind | None:
    """What a row may tell beyond its cells: a complement, a group that is not printed, or a sum of what is withheld."""
    if row.kind == "part":
        return "complement" if table.rules.complements else None
    if row.high is None:
        return "rest" if row.kind == "sum" and all(facts.is_fixed(name) for name, _ in row.terms) else None
    hidden = [name for name, _ in row.terms[1:] if not facts.is_fixed(name)]
    return "sum" if len(hidden) > 1 and withheld.intersection(hidden) else None
