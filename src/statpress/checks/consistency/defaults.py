"""The rules that run by themselves, from what other declarations already say of a package."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from statpress.checks.consistency.cube import PACKAGE
from statpress.checks.consistency.facts import Facts
from statpress.checks.consistency.select import select
from statpress.cube import ADDITIVE, ALL, FIXED, MEASURE
from statpress.declare.catalogues import Measure
from statpress.declare.claims import AtMost, Change, Claim, Jump, Possible, Ratio, Sum
from statpress.declare.nouns import Declarations
from statpress.declare.rules import Rules
from statpress.declare.steps import Where


def derive_claims(facts: Facts, name: str, declared: Declarations, rules: Rules) -> Iterator[Claim]:
    """What the declarations of the package `name` say of its figures, and of those of packages that it is out of."""
    measures = declared.pipelines[name].measures
    given = frozenset(facts.words[MEASURE])
    for measure in (measure for measure in measures if measure in given):
        yield from _sums(facts, name, declared, rules, measure=measure)
        yield from _ratios(facts, name, declared, given, measure=measure)
        if (compared := declared.measures[measure].change_of) in given:
            yield Change(change=_where(declared, name, measure), to=_where(declared, name, str(compared)))
    for measure in measures:
        yield from _parts(facts, name, declared, given, measure=measure)
    if rules.thresholds.jump is not None:
        limits = {"at-most": rules.thresholds.jump, "smallest": rules.thresholds.smallest}
        yield Jump.model_validate({"figures": {PACKAGE: name}, **limits})


def packages_beside(name: str, declared: Declarations) -> frozenset[str]:
    """The other packages whose figures those of a package must agree with, as its measures and its rules say."""
    owners = _owners(declared, name)
    measures = [declared.measures[measure] for measure in declared.pipelines[name].measures]
    parts = {part for of in measures for part in (of.numerator, of.denominator, of.change_of) if part in owners}
    found = {owners[str(part)] for part in parts}
    for _, where in declared.rules.get(name, Rules()).selections():
        texts = where.get(PACKAGE, ())
        found.update([texts] if isinstance(texts, str) else texts)
    return frozenset(found - {name})


def _owners(declared: Declarations, name: str) -> dict[str, str]:
    """The package that has each measure for `name`: itself, else one about the same area, else any."""
    here = declared.pipelines[name].area
    by_nearness = sorted(declared.pipelines.items(), key=lambda item: (item[0] == name, item[1].area == here))
    return {measure: owner for owner, pipeline in by_nearness for measure in pipeline.measures}


def _where(declared: Declarations, name: str, measure: str) -> dict[str, str | tuple[str, ...]]:
    return {MEASURE: measure, PACKAGE: _owners(declared, name)[measure]}


def _sums(facts: Facts, name: str, declared: Declarations, rules: Rules, *, measure: str) -> Iterator[Claim]:
    """Counts, and the shares of a whole, over each level of each dimension that adds up."""
    kind = declared.measures[measure]
    is_share = is_share_of_whole(kind)
    if not (is_share or kind.kind in ADDITIVE):
        return
    excepted = {one.dimension for one in rules.does_not_add if measure in one.measures}
    for dimension, adds in declared.pipelines[name].dimensions.items():
        if adds != "adds-up" or dimension in excepted:
            continue
        used = _used(facts, measure, dimension)
        others: dict[str, str | tuple[str, ...]] = {
            other: ALL for other in declared.pipelines[name].dimensions if is_share and other != dimension
        }
        for parent, children in _levels(declared, dimension, used).items():
            if parent != ALL or not is_share:
                total: Where = {MEASURE: measure, dimension: parent, **others}
                yield Sum(total=(total,), parts=({MEASURE: measure, dimension: children, **others},))
            else:
                yield Sum(total=100.0, parts=({MEASURE: measure, dimension: children, **others},))


def is_share_of_whole(measure: Measure) -> bool:
    """Whether a percentage says how a whole is shared out, so that its parts total 100."""
    return (
        measure.kind == "percentage"
        and measure.denominator is not None
        and measure.numerator == measure.denominator
        and measure.denominator_at == "total"
    )


def _used(facts: Facts, measure: str, dimension: str) -> set[str]:
    cells = select(facts, {MEASURE: measure})
    return {facts.words[dimension][code] for code in set(facts.codes[dimension][cells].tolist())}


def _levels(declared: Declarations, dimension: str, used: set[str]) -> dict[str, tuple[str, ...]]:
    """Each category that has parts, and those of its parts that the measure uses, where there are two or more."""
    levels: dict[str, list[str]] = {}
    for code, category in declared.dimensions[dimension].categories.items():
        if code in used:
            levels.setdefault(category.parent, []).append(code)
    return {parent: tuple(codes) for parent, codes in levels.items() if len(codes) > 1}


def _ratios(
    facts: Facts, name: str, declared: Declarations, given: Collection[str], *, measure: str
) -> Iterator[Claim]:
    """A percentage or rate against its numerator and denominator, or against the denominator alone."""
    of = declared.measures[measure]
    if of.denominator not in given:
        return
    ratio, whole = _where(declared, name, measure), _whole(facts, name, declared, of)
    if of.numerator in given:
        part = _where(declared, name, str(of.numerator))
        yield Ratio(ratio=ratio, numerator=part, denominator=whole, per=float(of.base or 100))
    if of.kind == "percentage" and declared.measures[str(of.denominator)].kind == "count":
        yield Possible(percentage=ratio, of=whole)


def _parts(facts: Facts, name: str, declared: Declarations, given: Collection[str], *, measure: str) -> Iterator[Claim]:
    """The numerator of a percentage, which may be one that is computed, against its denominator."""
    of = declared.measures[measure]
    if of.kind == "percentage" and {of.numerator, of.denominator} <= set(given) and of.numerator != of.denominator:
        yield AtMost(part=_where(declared, name, str(of.numerator)), whole=_whole(facts, name, declared, of))


def _whole(facts: Facts, name: str, declared: Declarations, of: Measure) -> Where:
    """The denominator of a percentage: of the same group, or of everybody."""
    dimensions = [key for key in facts.keys if key not in (*FIXED, PACKAGE)] if of.denominator_at == "total" else ()
    return {**_where(declared, name, str(of.denominator)), **dict.fromkeys(dimensions, ALL)}
