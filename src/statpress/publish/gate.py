"""The release gate: everything that would be public is attacked, as it would be printed, before anything is written.

The attacker reads the very files that would be published, with every earlier release and every other package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from statpress.audit.attack import Report, attack
from statpress.audit.printed import ADDITIVE, PrintedTable, Quantity
from statpress.audit.sentences import explain_findings
from statpress.audit.targets import Standard
from statpress.cube import key_columns
from statpress.disclosure.cells import Key
from statpress.issue import Issue
from statpress.packages.read import read_package
from statpress.publish.context import Context
from statpress.publish.prepare import Prepared
from statpress.publish.printed import print_package

Files = Mapping[str, bytes]
SMALL = ("small-count",)
"""The rule whose cells the whole band must be possible for, where the policy asks for `symbol`."""


def attack_release(prepared: Sequence[Prepared], files: Mapping[str, Files], context: Context) -> Report:
    """Attack the packages as they would be written, beside what is public already."""
    tables = [table for one in prepared for table in _print(one.publication.name, files[one.publication.name])]
    sensitive: dict[Quantity, Standard] = {}
    for one in prepared:
        sensitive |= dict(_sensitive(one))
    known = {Quantity(*name[:4]): (int(value), int(value)) for name, value in context.elsewhere.items()}
    return attack([*tables, *context.tables], sensitive=sensitive, known=known)


def check_report(report: Report, names: Iterable[str]) -> list[Issue]:
    """What the attacker can work out, as issues of the pipelines `names`. No figure is named."""
    own = set(names)
    found: list[Issue] = []
    for issue in explain_findings(report):
        name = issue.file.split(" ", maxsplit=1)[0]
        found.append(replace(issue, file=f"pipelines/{name}/pipeline.yml") if name in own else issue)
    return found


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
    """Each withheld count with what it must meet: no withheld number may follow from what is printed."""
    publication, protected = one.publication, one.protected
    standard = publication.declared.policies[publication.pipeline.disclosure].protection.standard
    lesser: Standard = "not_determined" if standard == "not_determined" else "zero_aware"
    for key, rule in protected.reasons.items():
        measure = publication.declared.measures[key[0]]
        if measure.kind in ADDITIVE and not measure.unprotected:
            strict = rule in SMALL and key not in protected.lesser
            yield _quantity(key, publication.dimensions), standard if strict else lesser


def _quantity(key: Key, dimensions: tuple[str, ...]) -> Quantity:
    pairs = zip(key_columns(dimensions)[3:], key[3:], strict=True)
    return Quantity(key[0], key[1], key[2], tuple(sorted((name, code) for name, code in pairs if code != "all")))
