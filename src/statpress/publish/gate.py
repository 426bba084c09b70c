"""The release gate: everything that would be public is attacked, as it would be printed, before anything is written.

The attacker reads the very files that would be published, with every earlier release and every other package.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from statpress.audit.attack import Report, attack
from statpress.audit.certificate import certify, count_unproved
from statpress.audit.facts import Range
from statpress.audit.insiders import attack_as_insiders
from statpress.audit.leads import find_insiders, find_leads, find_narrowed
from statpress.audit.printed import FRACTIONS, PrintedTable, Quantity, Standard
from statpress.audit.sentences import Contradiction, explain_findings, find_contradictions
from statpress.cube import ADDITIVE, key_columns
from statpress.disclosure.assemble.public import NO_LESSONS, Lessons
from statpress.disclosure.assemble.quantity import Quantity as Disclosed
from statpress.disclosure.cells import Key
from statpress.issue import Issue
from statpress.packages.read import read_package
from statpress.publish.context import Context, about
from statpress.publish.linked import link, spoken_of
from statpress.publish.prepare import Prepared
from statpress.publish.printed import print_package
from statpress.publish.proof import Proof, make_proof, make_salt
from statpress.workers import ALONE, Share

Files = Mapping[str, bytes]
SMALL = ("small-count",)
"""The rule whose cells the whole band must be possible for, where the policy asks for `symbol`."""
FOLLOWS = ("part-withheld", "protects-another", "withheld-before")
"""The rules under which a ratio goes only because of other figures, so that the count behind it may be known."""


@dataclass(frozen=True)
class Gate:
    """What an attacker can work out, as issues, and the proof of each package by its name."""

    issues: tuple[Issue, ...]
    proofs: Mapping[str, Proof]
    lessons: Lessons = NO_LESSONS
    """What would have to be withheld, or stay unknown"""
    contradictions: tuple[Contradiction, ...] = ()
    """Printed figures that cannot all be right, each once"""
    beside: tuple[Disclosed, ...] = ()
    """The figures that are shown in the tables where counts can be narrowed, the least first"""

    @property
    def is_passed(self) -> bool:
        """Whether nothing stops publishing."""
        return all(issue.severity == "warning" for issue in self.issues)


@dataclass(frozen=True)
class _Group:
    """Tables that tell of each other, and which of them are about to be published: place to the name of a package."""

    tables: tuple[PrintedTable, ...]
    ours: Mapping[int, str]


@dataclass(frozen=True)
class _Attacked:
    """What an attack on one group came to."""

    proofs: Mapping[str, Proof]
    issues: tuple[Issue, ...]
    contradictions: tuple[Contradiction, ...]
    lessons: Lessons
    beside: Mapping[Disclosed, float]


def attack_release(
    prepared: Sequence[Prepared], files: Mapping[str, Files], context: Context, share: Share = ALONE
) -> Gate:
    """Attack the packages as they would be written, beside what is public already.

    Tables that share no measure tell nothing of each other, so that each group is attacked alone, by `share`.
    """
    own = {one.publication.name: one for one in prepared}
    tables = [table for name in own for table in _print(name, files[name])]
    known = {Quantity(*name[:4]): (int(value), int(value)) for name, value in context.elsewhere.items()}
    attacked = list(share(partial(_attack_group, own, known), _groups([*tables, *context.tables], tables)))
    proofs = {name: proof for one in attacked for name, proof in one.proofs.items()}
    lessons = replace(NO_LESSONS, withheld=tuple(frozenset(one.protected.reasons) for one in prepared))
    for one in attacked:
        lessons = one.lessons.more(lessons)
    issues = [*_shown_again(tables, context), *(issue for one in attacked for issue in one.issues)]
    contradictions = tuple(found for one in attacked for found in one.contradictions)
    beside = {name: value for one in attacked for name, value in one.beside.items()}
    return Gate(tuple(issues), proofs, lessons, contradictions, tuple(sorted(beside, key=lambda n: (beside[n], n))))


def _groups(tables: Sequence[PrintedTable], own: Sequence[PrintedTable]) -> list[_Group]:
    """The groups with tables that are about to be published."""
    linked = (
        _Group(tuple(group), {place: table.name for place, table in enumerate(group) if table in own})
        for group in link(tables)
    )
    return [group for group in linked if group.ours]


def _attack_group(own: Mapping[str, Prepared], known: Mapping[Quantity, Range], group: _Group) -> _Attacked:
    ours = {place: own[name] for place, name in group.ours.items()}
    report = _attack(group.tables, tuple(ours.values()), spoken_of(known, group.tables))
    outside = attack(group.tables)
    certificate = certify(report)
    proofs = {one.publication.name: make_proof(certificate, outside, one, place) for place, one in ours.items()}
    report = _with_insiders(report, tuple(ours.values()))
    issues, contradictions = tuple(_issues(report, own)), tuple(find_contradictions(report))
    return _Attacked(proofs, issues, contradictions, _lessons(report), _beside(report, ours))


def _attack(group: Sequence[PrintedTable], ours: Sequence[Prepared], known: Mapping[Quantity, Range]) -> Report:
    """The attack of a reader from outside on tables that tell of each other."""
    sensitive = dict(pair for one in ours for pair in _sensitive(one))
    truth = dict(pair for one in ours for pair in _truth(one))
    return attack(group, sensitive=sensitive, known=known, truth=truth, salt=make_salt(ours[0]))


def _with_insiders(report: Report, ours: Sequence[Prepared]) -> Report:
    """The report with what those can work out who are alone in a withheld cell."""
    truth = dict(pair for one in ours for pair in _truth(one))
    withheld = frozenset(_quantity(key, one.publication.dimensions) for one in ours for key in one.protected.reasons)
    for_itself = frozenset(name for one in ours for name in _for_itself(one))
    alone = withheld.intersection(name for one in ours for name in _alone(one))
    return replace(report, findings=report.findings + attack_as_insiders(report, alone, for_itself, truth))


def _lessons(report: Report) -> Lessons:
    leads = frozenset(frozenset(map(about, lead)) for lead in find_leads(report))
    insiders = frozenset((about(one), about(other)) for one, other in find_insiders(report))
    return Lessons(leads, insiders, frozenset(map(about, find_narrowed(report))))


def _beside(report: Report, ours: Collection[int]) -> dict[Disclosed, float]:
    """What is shown of the tables in place, where counts can be narrowed."""
    tables = (report.tables[place] for place in ours) if find_narrowed(report) else ()
    shown = ((name, cell.value) for table in tables for name, cell in table.quantities())
    return {about(name): float(value) for name, value in shown if value is not None}


def _shown_again(tables: Iterable[PrintedTable], context: Context) -> Iterator[Issue]:
    """Counts that earlier releases withhold. A revised total would tell, to who guesses which of them was revised."""
    for table in tables:
        counts = (name for name, cell in table.quantities() if cell.value is not None)
        for name in counts:
            if table.measures[name.measure].kind in ADDITIVE and about(name) in context.withheld:
                message = f"An earlier release withholds {about(name).words}, and this one would show it."
                yield Issue("withheld-before", message, _place(table.name), hint="Withhold it.")


def _issues(report: Report, own: Mapping[str, Prepared]) -> Iterator[Issue]:
    """What can be worked out, in words without figures, at the pipeline that would have to change.

    A warning tells what is safe but not proved.
    """
    for issue, finding in zip(explain_findings(report), report.findings, strict=True):
        name = issue.file.split(" ", maxsplit=1)[0]
        hint = (
            issue.hint if finding.insider is None else f"{issue.hint} `insiders: ignored` in the policy lets it stand."
        )
        yield replace(issue, file=_place(name) if name in own else issue.file, hint=hint)
    ours = next(table.name for table in report.tables if table.name in own)
    if unproved := count_unproved(report):
        message = f"{unproved} quantities are safe, but no two tables in whole numbers were found to prove it."
        hint = "The certificate leaves them out."
        yield Issue("proof-incomplete", message, _place(ours), hint=hint, severity="warning")


def _place(name: str) -> str:
    return f"pipelines/{name}/pipeline.yml"


def _print(name: str, files: Files) -> Iterator[PrintedTable]:
    """A package as its readers will have it. Its files are written where only this user can read them, and removed."""
    with TemporaryDirectory() as place:
        folder = Path(place) / name
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        table = print_package(read_package(folder))
        yield from [table] if table is not None else []


def _sensitive(one: Prepared) -> Iterator[tuple[Quantity, Standard]]:
    """Each withheld count with what it must meet: no withheld number may follow from what is printed.

    A percentage or rate that is withheld for itself stands for the count behind it.
    """
    publication, protected = one.publication, one.protected
    standard = publication.declared.policies[publication.pipeline.disclosure].protection.standard
    lesser: Standard = "not_determined" if standard == "not_determined" else "zero_aware"
    for key, rule in protected.reasons.items():
        measure = publication.declared.measures[key[0]]
        if measure.kind in ADDITIVE and not measure.unprotected:
            strict = rule in SMALL and key not in protected.lesser
            yield _quantity(key, publication.dimensions), standard if strict else lesser
        elif measure.kind in FRACTIONS and not measure.unprotected and rule not in FOLLOWS:
            yield _quantity(key, publication.dimensions), lesser


def _for_itself(one: Prepared) -> Iterator[Quantity]:
    reasons = one.protected.reasons.items()
    return (_quantity(key, one.publication.dimensions) for key, rule in reasons if rule not in FOLLOWS)


def _alone(one: Prepared) -> Iterator[Quantity]:
    """The counts of one person, where the policy shields others from whoever that is."""
    publication = one.publication
    if publication.declared.policies[publication.pipeline.disclosure].protection.insiders == "shielded":
        yield from (name for name, value in _truth(one) if value == 1)


def _truth(one: Prepared) -> Iterator[tuple[Quantity, int]]:
    return ((_quantity(key, one.publication.dimensions), value) for key, value in one.truth.items())


def _quantity(key: Key, dimensions: tuple[str, ...]) -> Quantity:
    pairs = zip(key_columns(dimensions)[3:], key[3:], strict=True)
    return Quantity(key[0], key[1], key[2], tuple(sorted((name, code) for name, code in pairs if code != "all")))
