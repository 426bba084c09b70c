"""What nobody may learn: withheld counts, and the quantities that would tell as much though no cell holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from statpress.audit.compile.ratios import denominator_of, numerator_of
from statpress.audit.facts import Facts, Terms
from statpress.audit.printed import FRACTIONS, PrintedTable, Quantity
from statpress.status import WITHHELD

Standard = Literal["not_determined", "zero_aware", "symbol"]
TargetKind = Literal["count", "money", "numerator", "complement", "sum", "rest"]


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


def is_safe(target: Target, low: float, high: float) -> bool:
    """Whether a reader who knows the form to be within `low` and `high`, both possible, knows too little.

    A range that is safe stays safe when it is wider.
    """
    first, last = target.band
    if target.is_cell and low == high:
        return False
    if target.standard != "symbol" or target.kind == "money":
        return target.is_cell or low < high or not first <= low <= last
    if target.is_small:
        return low <= first and high >= last
    return not (first <= low and high <= last and (low, high) != (first, last))


def find_targets(
    tables: Sequence[PrintedTable],
    facts: Facts,
    sensitive: Mapping[Quantity, Standard] | None,
    standard: Standard,
) -> tuple[Target, ...]:
    """Every target of the tables, each once.

    `sensitive` names the quantities that are sensitive for themselves, each with what it must meet; without it every
    withheld count must meet `standard`, as far as one can tell from outside.
    """
    found: dict[Terms, Target] = {}
    for place, table in enumerate(tables):
        for target in _of_table(place, table, facts, sensitive, standard):
            found.setdefault(target.terms, target)
    strict = standard if sensitive is None else max(sensitive.values(), key=_RANK.__getitem__, default=standard)
    if strict == "symbol":
        for target in _hidden_sums(tables, facts, set(found)):
            found.setdefault(target.terms, target)
    return tuple(target for target in found.values() if all(name in facts.columns for name, _ in target.terms))


_RANK: Mapping[str, int] = {"not_determined": 0, "zero_aware": 1, "symbol": 2}


def _of_table(
    place: int,
    table: PrintedTable,
    facts: Facts,
    sensitive: Mapping[Quantity, Standard] | None,
    standard: Standard,
) -> Iterator[Target]:
    band = table.rules.band
    for name, cell in table.quantities():
        measure = table.measures[name.measure]
        if measure.unprotected:
            continue
        if measure.kind in ("count", "money") and cell.value is None and (cell.status == WITHHELD or cell.most):
            own = standard if sensitive is None else sensitive.get(name)
            if own is not None:
                kind: TargetKind = "count" if measure.kind == "count" else "money"
                mark = (cell.least or 0, cell.most) if cell.most is not None else band
                yield Target(
                    kind, ((name, 1),), mark, own, place, is_small=sensitive is not None or cell.most is not None
                )
        elif measure.kind in FRACTIONS and cell.value is not None:
            yield from _behind_ratio(place, name, table, facts, standard)


def _behind_ratio(
    place: int, name: Quantity, table: PrintedTable, facts: Facts, standard: Standard
) -> Iterator[Target]:
    """The count that a shown percentage or rate counts, and what it leaves of the whole."""
    measure = table.measures[name.measure]
    if measure.kind not in ("percentage", "rate") or measure.change_of:
        return
    numerator, denominator = numerator_of(name, table), denominator_of(name, table)
    counted = table.measures.get(numerator.measure)
    if counted is not None and (counted.unprotected or counted.kind == "money"):
        return
    if not facts.is_fixed(numerator):
        yield Target("numerator", ((numerator, 1),), table.rules.band, standard, place)
    if measure.kind == "percentage" and table.rules.complements and numerator != denominator:
        yield Target("complement", ((denominator, 1), (numerator, -1)), table.rules.band, standard, place)


def _hidden_sums(tables: Sequence[PrintedTable], facts: Facts, known: Iterable[Terms]) -> Iterator[Target]:
    """What is withheld of one sum, taken together: a small group as well (METHOD of hidden sums, see the docs).

    Parts that the table does not print at all leave a rest, which is a group of people too.
    """
    of_table = {name: place for place, table in enumerate(tables) for name, _ in table.quantities()}
    withheld = {terms[0][0] for terms in known if len(terms) == 1}
    for row in facts.rows:
        if row.kind in ("sum", "area", "period"):
            whole, parts = row.terms[0][0], [name for name, _ in row.terms[1:]]
            place = of_table.get(whole)
            if place is None or tables[place].measures[whole.measure].kind != "count":
                continue
            if tables[place].measures[whole.measure].unprotected:
                continue
            rest = _rest(row.kind, row.high, whole, parts, facts)
            hidden = [name for name in parts if not facts.is_fixed(name)]
            band = tables[place].rules.band
            if rest:
                yield Target("rest", row.terms, band, "symbol", place)
            elif row.high == 0 and len(hidden) > 1 and any(name in withheld for name in hidden):
                yield Target("sum", tuple((name, 1) for name in hidden), band, "symbol", place)


def _rest(kind: str, high: int | None, whole: Quantity, parts: Iterable[Quantity], facts: Facts) -> bool:
    return kind == "sum" and high is None and all(facts.is_fixed(name) for name in (whole, *parts))
