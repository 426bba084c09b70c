"""Known faults of a source, as the package tells them: the reasons of waivers, where they cost no secret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from statpress.checks.consistency.waivers import Waived, are_plain_to_readers
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


def tell_faults(publication: Publication, waived: Iterable[Waived], read: Observations) -> Told:
    """Which reasons are published beside which measures. A waiver that names a caveat publishes nothing by itself."""
    faults: list[KnownFault] = []
    warnings: list[Issue] = []
    keys = key_columns(publication.dimensions)
    for one in waived:
        if one.waiver.reason is None:
            continue
        if one.within and are_plain_to_readers(one.rows, read.table, publication.observations, keys):
            faults.append(KnownFault(one.id, one.waiver.reason, one.measures))
        else:
            file, key = f"validations/{publication.name}.yml", f"waivers.{one.number}"
            warnings.append(Issue("fault-not-told", _MESSAGE, file, key=key, hint=_HINT, severity="warning"))
    return Told(tuple(faults), tuple(warnings))
