"""How a number can be worked out, in words: `Total minus Ward A minus Ward B`. Names what is printed, never a number
that is withheld; the range that a reader gets to know is told only to who asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from statpress.audit.attack import Finding, Report
from statpress.audit.facts import Fact, Facts
from statpress.audit.insiders import seen_by
from statpress.audit.names import describe_fact, join_labels, name_of, short_names
from statpress.audit.printed import Labels, Quantity
from statpress.audit.proofs import Proof, prove
from statpress.audit.settle import Settled
from statpress.audit.targets import Target
from statpress.issue import Issue

_RULES = {
    "determined": "withheld-determined",
    "narrowed": "withheld-narrowed",
    "unproved": "withheld-unproved",
}
_HINT: Final = "Withhold another figure of those named, or merge categories."
CONTRADICT: Final = "figures-contradict"
"""The rule of printed statements that contradict others."""
_LOOK: Final = "The attack goes on without it. Look whether one of them is rounded, revised, or wrong."
_LONGEST = 12
"""A sum of more terms is told by how many there are."""


def explain_findings(report: Report) -> tuple[Issue, ...]:
    """One issue for each thing that can be worked out: what, and how. Without a number."""
    labels = join_labels(report.tables)
    return tuple(_issue(finding, report, labels) for finding in report.findings)


@dataclass(frozen=True)
class Contradiction:
    """A printed statement that had to be left aside since it contradicts others: what it is about, and in words."""

    figures: tuple[Quantity, ...]
    issue: Issue


def find_contradictions(report: Report) -> tuple[Contradiction, ...]:
    """Every statement that was left aside, in the order of its words."""
    labels = join_labels(report.tables)
    found: dict[str, list[Quantity]] = {}
    for fact in (*report.settled.dropped, *report.refused):
        if not fact.assumed:
            words = describe_fact(fact, labels) if fact.size > 1 else name_of(fact.terms[0][0], labels)
            found.setdefault(f"These printed figures contradict others: {words}.", []).extend(_figures(fact))
    for column in report.settled.unmarked:
        name = report.facts.names[column]
        found.setdefault(f"The mark promises more than the figures allow: {name_of(name, labels)}.", []).append(name)
    return tuple(
        Contradiction(tuple(dict.fromkeys(figures)), Issue(CONTRADICT, message, hint=_LOOK, severity="warning"))
        for message, figures in sorted(found.items())
    )


def explain_contradictions(report: Report) -> tuple[Issue, ...]:
    """One warning for each printed statement that had to be left aside since it contradicts others."""
    return tuple(one.issue for one in find_contradictions(report))


def _figures(fact: Fact) -> Iterator[Quantity]:
    """What a fact is about, and the ratio that makes it."""
    for name, _ in fact.terms:
        yield name._replace(part="", release="")
        if fact.kind in ("ratio", "share", "change"):
            yield name._replace(measure=fact.about, part="", release="")


def describe_leak(finding: Finding, report: Report) -> str:
    """The sentence that says how a finding is worked out."""
    return _how(finding, report, join_labels(report.tables))


def _issue(finding: Finding, report: Report, labels: Labels) -> Issue:
    table = report.tables[finding.target.table]
    what = _what(finding.target, labels)
    verb = {
        "determined": "can be worked out",
        "narrowed": "can be narrowed to less than its mark says",
        "unproved": "could not be shown to be safe",
    }[finding.kind]
    insider = f" by the only one in {name_of(finding.insider, labels)}" if finding.insider is not None else ""
    place = f"{table.name} {table.version}".strip()
    return Issue(_RULES[finding.kind], f"{what} {verb}{insider}: {_how(finding, report, labels)}.", place, hint=_HINT)


def _what(target: Target, labels: Labels) -> str:
    first = name_of(target.name, labels)
    if target.kind == "complement":
        return f"What {name_of(target.terms[1][0], labels)} leaves of {first}"
    if target.kind == "rest":
        return f"What the printed parts leave of {first}"
    if target.kind == "sum":
        return f"The sum of {' and '.join(name_of(name, labels) for name, _ in target.terms)}"
    return first[:1].upper() + first[1:]


def _how(finding: Finding, report: Report, labels: Labels) -> str:
    target, settled = finding.target, seen_by(finding, report)
    if all(settled.facts.is_fixed(name) for name, _ in target.terms):
        return _printed(target, labels)
    proofs = [proof for most in (False, True) if (proof := prove(settled, target, most=most)) is not None]
    if finding.kind == "unproved" or not proofs:
        return "the search for other figures that agree with everything printed was given up"
    return _in_words(target, proofs, settled, labels)


def _printed(target: Target, labels: Labels) -> str:
    if len(target.terms) == 1:
        return "it is printed elsewhere"
    names = short_names([name for name, _ in target.terms], labels)
    return _combination([(names[name], Fraction(number)) for name, number in target.terms])


def _in_words(target: Target, proofs: Sequence[Proof], settled: Settled, labels: Labels) -> str:
    exact = [proof for proof in proofs if _is_exact(proof, settled.facts)]
    told = [_one_proof(target, proof, settled.facts, labels) for proof in exact[:1] or proofs if proof.rows]
    unique = list(dict.fromkeys(told))
    if len(unique) == 2:
        return f"at least {unique[0]}, and at most {unique[1]}"
    return "".join(unique) or "only whole numbers that agree with all of it are left"


def _is_exact(proof: Proof, facts: Facts) -> bool:
    """Whether the form is a sum of fixed numbers, so that it has one value."""
    rows = (facts.rows[row] for row in proof.rows)
    fixed = all(facts.low[column] == facts.high[column] for column in proof.columns)
    return fixed and all(row.low == row.high for row in rows)


def _one_proof(target: Target, proof: Proof, facts: Facts, labels: Labels) -> str:
    rows = [facts.rows[row] for row in proof.rows]
    ratios = [row for row in rows if row.kind in _ROUNDED]
    if ratios:
        others = [row for row in rows if row.kind not in _ROUNDED]
        words = f"{_list(describe_fact(row, labels) for row in ratios)}, to within rounding"
        return words + (f", since {_list(describe_fact(row, labels) for row in others)}" if others else "")
    known = {c: n for c, n in proof.columns.items() if facts.low[c] == facts.high[c]}
    names = short_names([*(facts.names[column] for column in known), *(name for name, _ in target.terms)], labels)
    words = _combination([(names[facts.names[c]], Fraction(n, proof.scale)) for c, n in known.items()])
    hidden = [name_of(facts.names[column], labels) for column in proof.columns if column not in known]
    certain = f"what is certain of {_list(hidden)}"
    return (f"{words}, with {certain}" if known else certain) if hidden else words


_ROUNDED = ("ratio", "share", "change")


def _combination(terms: Iterable[tuple[str, Fraction]]) -> str:
    """`Total minus Ward A minus 2 times Ward B`; what is added first."""
    ordered = sorted(terms, key=lambda term: (term[1] < 0, term[0] != "Total"))
    if len(ordered) > _LONGEST:
        return f"{ordered[0][0]} and {len(ordered) - 1} other printed figures, added and taken away"
    words = ""
    for name, number in ordered:
        times = "" if abs(number) == 1 else f"{abs(number)} times "
        joint = ("minus " if number < 0 else "") if not words else (" minus " if number < 0 else " plus ")
        words += f"{joint}{times}{name}"
    return words or "it follows from the marks alone"


def _list(words: Iterable[str]) -> str:
    unique = list(dict.fromkeys(words))
    more = len(unique) - _LONGEST
    return "; ".join(unique[:_LONGEST]) + (f"; and {more} more" if more > 0 else "")
