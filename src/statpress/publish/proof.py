"""What proves that a release is safe: a certificate for those who hold the sources, and what its package says of it.

The package says only what its readers could work out for themselves; see docs/decisions/0007.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from statpress.audit.attack import Report
from statpress.audit.certificate import checksum
from statpress.publish.prepare import Prepared


@dataclass(frozen=True)
class Proof:
    """The certificate as JSON, and the statement for the descriptor: standard, withheld counts, narrowest range."""

    certificate: bytes
    statement: Mapping[str, Any]

    def is_of(self, descriptor: bytes) -> bool:
        """Whether a package carries this statement, and not that of an earlier proof, which is as good."""
        return bool(json.loads(descriptor)["statpress"]["disclosure"]["proof"] == self.statement)


def make_salt(prepared: Prepared) -> str:
    """What nobody without the key of the project can guess; the same for the same release. Empty without a key."""
    key, release = prepared.publication.declared.key, prepared.publication.pipeline.release
    text = f"certificate of {prepared.publication.name} {release.version}"
    return hmac.new(key, text.encode(), "sha256").hexdigest() if key else ""


def make_proof(certificate: bytes, outside: Report, prepared: Prepared, table: int) -> Proof:
    """The proof of the package that is the table number `table` of an attack, whose certificate this is.

    `outside` is the attack that any reader can make, who does not know which of the withheld counts are small.
    """
    publication = prepared.publication
    policy = publication.declared.policies[publication.pipeline.disclosure]
    statement: dict[str, Any] = {"standard": policy.protection.standard, **_ranges(outside, table)}
    if publication.declared.key:
        statement["certificate"] = checksum(certificate)
    return Proof(certificate, statement)


def _ranges(outside: Report, table: int) -> dict[str, int]:
    """How many counts of a table are withheld, and how many values the least uncertain of them may have."""
    outcomes = [one for one in outside.outcomes if one.target.table == table and one.target.is_cell]
    if not outcomes:
        return {"withheld_counts": 0}
    narrowest = min(one.seen_high - one.seen_low for one in outcomes)
    return {"withheld_counts": len(outcomes), "possible_values": int(narrowest) + 1}
