"""Withheld counts that are less well protected than the policy asks: how many, for those who publish.

Readers are not told (docs/decisions/0007), and which ones they are is not for logs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from statpress.issue import Issue
from statpress.publish.prepare import Prepared

_WHY = "no safe pattern keeps all that their mark says possible, not even one that withholds everything that may be"


def tell_shortfall(prepared: Prepared) -> Iterator[Issue]:
    """A warning where counts of a package fell back, with how many of them are withheld by which rule."""
    protected, name = prepared.protected, prepared.publication.name
    if protected.lesser:
        rules = Counter(protected.reasons[key] for key in protected.lesser)
        told = ", ".join(f"{number} {rule}" for rule, number in sorted(rules.items()))
        numbers = "1 withheld number" if len(protected.lesser) == 1 else f"{len(protected.lesser)} withheld numbers"
        message = f"Readers can rule out some values of {numbers} ({told}): {_WHY}."
        hint = f"They can tell none. `statpress explain {name}` names them; merged categories would mend it."
        yield Issue("falls-short", message, f"pipelines/{name}/pipeline.yml", hint=hint, severity="warning")
