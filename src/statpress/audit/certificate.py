"""The certificate: proof of what an attack found, which `checker` verifies in whole numbers, without a solver.

It holds tables that agree with everything printed, the true one possibly among them. So it stays with the maintainer,
and its checksum may be published only because a salt is in it: else anybody could test guesses of what is withheld.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from statpress.audit.attack import Outcome, Report
from statpress.audit.compile.collect import collect_facts
from statpress.audit.facts import Fact, Facts, Range, gather_facts
from statpress.audit.printed import PrintedTable, Quantity
from statpress.audit.proofs import Proof, prove
from statpress.audit.settle import settle
from statpress.audit.targets import is_of_nobody

FORMAT = "statpress-certificate-1"
_SALTED = re.compile(rb'{"format":"[^"]*","salt":"[^"]')
"""How a certificate with a salt begins."""


@dataclass(frozen=True)
class Summary:
    """What may be published of an attack. `narrowest` is the least width of the ranges that tables show, or None.

    `standards` counts the sensitive quantities by what they meet; `fell_back` are those that meet less than the
    strictest of them.
    """

    sensitive: int
    safe: int
    standards: Mapping[str, int]
    fell_back: int
    narrowest: int | None

    def as_dict(self) -> dict[str, Any]:
        """The summary for a descriptor."""
        return {**vars(self), "standards": dict(self.standards)}


def certify(report: Report) -> bytes:
    """The certificate as JSON, the same bytes every time.

    Every safe target that counts somebody has two alternative tables, every other one the multipliers that prove what
    follows. A target that is only known to be safe for fractions is left out; see `count_unproved`.
    """
    tables = _Tables(report)
    proved = [
        one
        for one in report.outcomes
        if one.is_safe and tables.are_whole(one) and not is_of_nobody(one.target, one.seen_low, one.seen_high)
    ]
    content = {
        "format": FORMAT,
        "salt": report.salt,
        "facts": describe_facts(report.facts),
        "base": tables.base(),
        "tables": tables.changes(),
        "safe": [_safe(outcome, report) for outcome in proved],
        "leaks": [_leak(finding.outcome, report) for finding in report.findings],
    }
    return (json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def count_unproved(report: Report) -> int:
    """How many safe targets have no whole-number tables, only fractional ones, and so no place in the certificate."""
    tables = _Tables(report)
    return sum(outcome.is_safe and not tables.are_whole(outcome) for outcome in report.outcomes)


def summarise(report: Report) -> Summary:
    """How many quantities are sensitive, how well they are protected, and the narrowest range; no figure of a cell."""
    cells = [outcome for outcome in report.outcomes if outcome.target.is_cell]
    standards: dict[str, int] = {}
    for outcome in cells:
        standards[outcome.target.standard] = standards.get(outcome.target.standard, 0) + 1
    strictest = next((name for name in ("symbol", "zero_aware", "not_determined") if name in standards), "")
    widths = [outcome.seen_high - outcome.seen_low for outcome in cells]
    return Summary(
        sensitive=len(cells),
        safe=sum(outcome.is_safe for outcome in cells),
        standards=dict(sorted(standards.items())),
        fell_back=sum(number for name, number in standards.items() if name != strictest),
        narrowest=int(min(widths)) if widths else None,
    )


def holds_for(
    certificate: bytes,
    tables: Sequence[PrintedTable],
    sensitive: Iterable[Quantity] = (),
    known: Mapping[Quantity, Range] | None = None,
) -> bool:
    """Whether a certificate is about the published tables and proves that nothing in them can be worked out.

    Its facts must be those of the tables, compiled again, every sensitive quantity must be among its safe ones, and it
    may hold no leak. What it says of them is for `checker` to verify.
    """
    content = json.loads(certificate)
    stated = [Fact(((name, 1),), low, high, "known") for name, (low, high) in sorted((known or {}).items())]
    facts, _ = gather_facts([*collect_facts(tables), *stated])
    facts = settle(facts).facts
    proved = [target["form"] for target in content["safe"]]
    wanted = [[[facts.columns[name], 1]] for name in sensitive if name in facts.columns]
    same = json.dumps(describe_facts(facts)) == json.dumps(content["facts"])
    return same and not content["leaks"] and all(form in proved for form in wanted)


def checksum(certificate: bytes) -> str:
    """The checksum that a package may carry. Refuses what does not begin as a certificate with a salt: `ValueError`."""
    if not _SALTED.match(certificate):
        raise ValueError("a checksum of a certificate without salt would let anybody test guesses")
    return f"sha256:{hashlib.sha256(certificate).hexdigest()}"


def describe_facts(facts: Facts) -> dict[str, Any]:
    """The facts as the certificate has them: names, bounds, rows of (column, coefficient) pairs with bounds."""
    rows = [
        [[[facts.columns[name], number] for name, number in row.terms], row.low, row.high, row.kind, row.about]
        for row in facts.rows
    ]
    names = [[*name[:3], [list(pair) for pair in name.groups], name.part, name.release] for name in facts.names]
    return {"names": names, "low": list(facts.low), "high": list(facts.high), "rows": rows}


class _Tables:
    """The alternative tables of a report, each as changes of one base table."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._columns = [part.component.columns for part in report.settled.parts]

    def base(self) -> list[int]:
        """A table that agrees with everything, by column."""
        values = np.array([low if low is not None else 0 for low in self._report.facts.low], dtype=float)
        for part in self._report.settled.parts:
            values[part.component.columns] = part.start
        return [int(value) for value in np.round(values)]

    def changes(self) -> list[list[list[int]]]:
        """What each table changes: pairs of column and what is added."""
        return [
            [[int(self._columns[witness.part][place]), round(amount)] for place, amount in _pairs(witness.change)]
            if witness.change.is_whole
            else []
            for witness in self._report.witnesses
        ]

    def are_whole(self, outcome: Outcome) -> bool:
        """Whether both tables of an outcome are of whole numbers."""
        places = {*outcome.low_at, *outcome.high_at}
        witnesses = [self._report.witnesses[place] for place in places]
        starts = [self._report.settled.parts[witness.part].start for witness in witnesses]
        return all(witness.change.is_whole for witness in witnesses) and all(
            bool((start == np.round(start)).all()) for start in starts
        )


def _pairs(change: Any) -> Iterable[tuple[int, float]]:
    return zip(change.columns.tolist(), change.amounts.tolist(), strict=True)


def _safe(outcome: Outcome, report: Report) -> dict[str, Any]:
    return {**_target(outcome, report), "tables": [list(outcome.low_at), list(outcome.high_at)]}


def _leak(outcome: Outcome, report: Report) -> dict[str, Any]:
    """What follows of a target. Multipliers prove what fractions allow; where less is left, only whole numbers do."""
    low = prove(report.settled, outcome.target, most=False)
    high = prove(report.settled, outcome.target, most=True)
    return {**_target(outcome, report), "least": _proof(low), "most": _proof(high)}


def _target(outcome: Outcome, report: Report) -> dict[str, Any]:
    target, columns = outcome.target, report.facts.columns
    return {
        "kind": target.kind,
        "form": [[columns[name], number] for name, number in target.terms],
        "band": list(target.band),
        "rule": _rule(outcome),
    }


def _rule(outcome: Outcome) -> str:
    """What two tables must show: `differ`, `cover` the band, leave it (`escape`), or differ or leave it (`either`)."""
    target = outcome.target
    if target.kind == "share":
        return "wider"
    if target.standard != "symbol" or target.kind == "money":
        return "differ" if target.must_differ else "either"
    return "cover" if target.is_small else ("differ-escape" if target.must_differ else "escape")


def _proof(proof: Proof | None) -> dict[str, Any] | None:
    if proof is None:
        return None
    return {
        "scale": proof.scale,
        "rows": [[row, number] for row, number in proof.rows.items()],
        "columns": [[column, number] for column, number in proof.columns.items()],
        "bound": int(proof.bound * proof.scale),
    }
