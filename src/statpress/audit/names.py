"""Quantities and facts in words. Never a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from statpress.audit.facts import Fact
from statpress.audit.printed import Labels, PrintedTable, Quantity
from statpress.cube import ALL

_PARTS = {
    "numerator": "the number behind {}",
    "denominator": "the number that {} is out of",
    "share": "{}",
}


def join_labels(tables: Iterable[PrintedTable]) -> Labels:
    """The labels of all tables together; where two differ, the first."""
    joined = Labels({}, {}, {}, {})
    for table in tables:
        joined = Labels(
            {**table.labels.measures, **joined.measures},
            {**table.labels.areas, **joined.areas},
            {**table.labels.periods, **joined.periods},
            {**table.labels.categories, **joined.categories},
        )
    return joined


def name_of(quantity: Quantity, labels: Labels) -> str:
    """A quantity in full: `Children looked after, Boys, in Exampleshire, 2018/19`."""
    measure = labels.measures.get(quantity.measure, quantity.measure)
    parts = [_PARTS[quantity.part].format(f"“{measure}”") if quantity.part else measure]
    parts += [_category(pair, labels) for pair in quantity.groups]
    parts += [f"in {labels.areas.get(quantity.area, quantity.area)}"] if quantity.area else []
    parts += [labels.periods.get(quantity.period, quantity.period)] if quantity.period else []
    parts += [f"as release {quantity.release} counts it"] if quantity.release else []
    return ", ".join(part for part in parts if part) or "the count of everybody"


def short_names(quantities: Sequence[Quantity], labels: Labels) -> dict[Quantity, str]:
    """Quantities by what tells them apart only: `Total`, `Ward A`, `Ward B`."""
    dimensions = {pair[0] for quantity in quantities for pair in quantity.groups}
    differ = {name for name in dimensions if len({dict(q.groups).get(name, ALL) for q in quantities}) > 1}
    fixed = [len({getattr(q, part) for q in quantities}) > 1 for part in ("measure", "area", "period")]
    return {quantity: _short(quantity, differ, fixed, labels) for quantity in quantities}


def _short(quantity: Quantity, differ: set[str], fixed: Sequence[bool], labels: Labels) -> str:
    measure, area, period = fixed
    kept = quantity._replace(
        measure=quantity.measure if measure or quantity.part else "",
        area=quantity.area if area else "",
        period=quantity.period if period else "",
        groups=tuple(pair for pair in quantity.groups if pair[0] in differ),
    )
    words = name_of(kept, labels) if any(kept) else ""
    if not words or (differ and not kept.groups):
        return f"Total, {words}" if words else "Total"
    return f"all {words}" if len(kept.groups) < len(differ) else words


def describe_fact(fact: Fact, labels: Labels) -> str:
    """What a fact says: `the parts of sex make up Children, in A, 2018`."""
    whole = name_of(fact.terms[0][0], labels)
    if fact.kind in _SENTENCES:
        return _SENTENCES[fact.kind].format(whole=whole, about=fact.about)
    if fact.kind in ("ratio", "share", "change"):
        measure = labels.measures.get(fact.about, fact.about)
        return f"“{measure}” with {' and '.join(name_of(name, labels) for name, _ in fact.terms)}"
    if fact.kind == "rest":
        part = name_of(fact.terms[len(fact.terms) // 2][0], labels)
        return f"what is left of {part} is no more than what is left of {whole}"
    return f"{name_of(fact.terms[-1][0], labels)} is no more than {whole}"


_SENTENCES = {
    "sum": "the parts of {about} make up {whole}",
    "area": "the areas in it make up {whole}",
    "period": "the shorter periods make up {whole}",
    "link": "{whole} is as it was in release {about}",
}


def _category(pair: tuple[str, str], labels: Labels) -> str:
    return labels.categories.get(pair, pair[1])
