"""Known faults of a source, as the package tells them: the reasons of waivers, where they cost no secret."""

from __future__ import annotations

from dataclasses import dataclass

from statpress.checks.consistency.check import Consistency
from statpress.checks.consistency.waivers import find_plain_rows
from statpress.cube import key_columns
from statpress.issue import Issue
from statpress.packages.describe.publication import KnownFault, Publication
from statpress.tables.observations import Observations

_MESSAGE = "The reason is not published, since a figure that it speaks of is withheld, or shown in another form."
_HINT = "Nothing needs to be done. A caveat of the pipeline can tell readers in words that give no figure away."


@dataclass(frozen=True)
class Told:
    """The known faults that a package tells, and warnings of those that it does not."""

    faults: tuple[KnownFault, ...]
    warnings: tuple[Issue, ...]
    plain_rules: frozenset[str]
    """Rules of the package that name only figures which readers have, so that it may be said whether they hold."""
    plain_waivers: frozenset[int]
    """Places of waivers whose faults readers could find by themselves, so that it may be said which rule they break."""


def tell_faults(publication: Publication, consistency: Consistency, read: Observations) -> Told:
    """Which reasons are published beside which measures. A waiver that names a caveat publishes nothing by itself."""
    faults: list[KnownFault] = []
    warnings: list[Issue] = []
    plain_rows = find_plain_rows(read.table, publication.observations, key_columns(publication.dimensions))
    visible = frozenset(one.number for one in consistency.waived if one.within and plain_rows.issuperset(one.rows))
    for one in consistency.waived:
        if one.waiver.reason is None:
            continue
        if one.number in visible:
            faults.append(KnownFault(one.id, one.waiver.reason, one.measures))
        else:
            file, key = f"validations/{publication.name}.yml", f"waivers.{one.number}"
            warnings.append(Issue("fault-not-told", _MESSAGE, file, key=key, hint=_HINT, severity="warning"))
    plain = {name for name, rows in consistency.rows.items() if rows is not None and plain_rows.issuperset(rows)}
    return Told(tuple(faults), tuple(warnings), frozenset(plain), visible)
