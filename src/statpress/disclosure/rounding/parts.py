"""Round the counts of all pipelines, as the policy of each says. Those that share figures are rounded together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from statpress.disclosure.assemble.counts import write_counts
from statpress.disclosure.assemble.draft import Draft
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity, quantity_of
from statpress.disclosure.assemble.sums import write_sums
from statpress.disclosure.cells import Key, Rules
from statpress.disclosure.ratios import denominator_of, numerator_of
from statpress.disclosure.rounding.controlled import round_controlled
from statpress.disclosure.rounding.conventional import round_to
from statpress.disclosure.rounding.told import told_by
from statpress.issue import Issue

Sum = tuple[Quantity, tuple[Quantity, ...]]


def round_parts(parts: Sequence[Part]) -> tuple[list[Part], list[list[Issue]]]:
    """The parts with their counts rounded where their policy says so; and the issues of each.

    An issue says that no rounding of linked totals adds up. Counts that do not count people stay as they are.
    """
    controlled = _round_controlled([part for part in parts if _method(part) == "controlled"])
    rounded: list[Part] = []
    issues: list[list[Issue]] = []
    for part in parts:
        values, faults = _values(part, controlled)
        rounded.append(_with(part, values))
        issues.append(faults)
    return rounded, issues


def _method(part: Part) -> str:
    return part.rules.policy.rounding.method if part.rules.policy.rounding else ""


def is_rounded(measure: str, rules: Rules) -> bool:
    """Whether a policy rounds the figures of a measure: counts of people."""
    declared = rules.measures[measure]
    return rules.policy.rounding is not None and declared.kind == "count" and not declared.unprotected


def _values(part: Part, controlled: Mapping[tuple[int, Quantity], float]) -> tuple[dict[Key, float], list[Issue]]:
    rounding = part.rules.policy.rounding
    counts = {key: value for key, value in part.cells.values.items() if value is not None}
    counts = {key: value for key, value in counts.items() if is_rounded(key[0], part.rules)}
    if rounding is None or rounding.method == "conventional":
        return {key: round_to(value, rounding.base) for key, value in counts.items() if rounding}, []
    names = {key: (rounding.base, quantity_of(key, part.rules)) for key in counts}
    lost = sorted({key[0] for key, name in names.items() if name not in controlled})
    return {key: controlled[name] for key, name in names.items() if name in controlled}, [_impossible(m) for m in lost]


def _impossible(measure: str) -> Issue:
    message = f"The totals of {measure} are linked so that no rounding to this base was found in which all add up."
    hint = "Take another base, leave a breakdown out, or round conventionally."
    return Issue("cannot-round", message, key="disclosure", hint=hint)


def _with(part: Part, values: Mapping[Key, float]) -> Part:
    rounding = part.rules.policy.rounding
    if rounding is None:
        return part
    least = part.rules.small[1] + 1 if part.rules.policy.withholds_small else 1
    told = {
        key: told_by(value, part.cells.values[key] or 0.0, rounding, shown_from=least) for key, value in values.items()
    }
    return replace(part, cells=replace(part.cells, rounded=values, told=told))


def _round_controlled(parts: Sequence[Part]) -> dict[tuple[int, Quantity], float]:
    """The rounded value of every quantity that could be rounded, by base: parts of one base are rounded together."""
    found: dict[tuple[int, Quantity], float] = {}
    bases = {part.rules.policy.rounding.base for part in parts if part.rules.policy.rounding}
    for base in sorted(bases):
        own = [part for part in parts if part.rules.policy.rounding and part.rules.policy.rounding.base == base]
        values, sums = describe_sums(own)
        rounded = round_controlled(values, sums, base, sorted(set(_shares(own, values))))
        found |= {(base, name): value for name, value in rounded.values.items()}
    return found


def describe_sums(parts: Sequence[Part]) -> tuple[dict[Quantity, float], list[Sum]]:
    """The counts that are rounded, and groups of them that nothing prints, with the sums that hold among them."""
    draft = Draft()
    for part in parts:
        write_counts(draft, part)
    for part in parts:
        write_sums(draft, part)
    names = {column: name for name, column in draft.columns.items()}
    values = {
        name: variable.guess
        for name in draft.columns
        if (variable := draft.of(name)).guess is not None
        and variable.slack == 0
        and not name.is_share
        and any(name.measure in part.rules.measures and is_rounded(name.measure, part.rules) for part in parts)
    }
    return values, list(_sums(draft, names, values))


def _sums(draft: Draft, names: Mapping[int, Quantity], values: Mapping[Quantity, float]) -> Iterator[Sum]:
    for row, right in draft.rows.items():
        there = [(names[column], sign) for column, sign in row if column in names and names[column] in values]
        totals = [name for name, sign in there if sign == -1]
        if right == 0 and len(there) == len(row) and len(totals) == 1:
            yield totals[0], tuple(name for name, sign in there if sign == 1)


def _shares(parts: Iterable[Part], values: Mapping[Quantity, float]) -> Iterator[tuple[Quantity, Quantity]]:
    """Counts that are shares of others: they stay no more than those, so that no percentage passes 100."""
    for part in parts:
        ratios = {name: measure for name, measure in part.rules.measures.items() if measure.kind == "percentage"}
        for name, measure in ratios.items():
            for key in part.cells.values:
                if key[0] == measure.numerator:
                    yield from _share((name, *key[1:]), part.rules, values)


def _share(key: Key, rules: Rules, values: Mapping[Quantity, float]) -> Iterator[tuple[Quantity, Quantity]]:
    count, whole = numerator_of(key, rules), denominator_of(key, rules)
    if count is not None and whole is not None and count != whole:
        pair = quantity_of(count, rules), quantity_of(whole, rules)
        if all(name in values for name in pair) and values[pair[0]] <= values[pair[1]]:
            yield pair
