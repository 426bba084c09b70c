"""A disclosure policy in words and in numbers, as every package publishes it."""

from __future__ import annotations

from typing import Any

from statpress.declare.base import band
from statpress.declare.policy import Policy


def describe_policy(policy: Policy) -> dict[str, Any]:
    """The policy's title, words (a list of sentences), rules (numbers) and source."""
    low, high = band(policy.withhold.counts)
    return {
        "title": policy.title,
        "words": _words(policy, low, high),
        "rules": {
            "withheld_counts": [max(low, 1), high],
            "zeros": policy.withhold.zeros,
            "complements": policy.withhold.complements,
            "smallest_denominator": policy.ratios.smallest_denominator,
        },
        "source": policy.source,
    }


def _words(policy: Policy, low: int, high: int) -> list[str]:
    zeros = "A true zero is shown." if policy.withhold.zeros == "shown" else "A zero is withheld as well."
    words = [f"Counts of people from {max(low, 1)} to {high} are withheld."]
    if policy.withhold.complements:
        words.append(f"A count that leaves {high} or fewer of a printed whole is withheld as well.")
    return [
        *words,
        zeros,
        "A percentage or rate with a withheld part is withheld.",
        f"A percentage, rate or mean on fewer than {policy.ratios.smallest_denominator} is withheld, and so is a "
        "percentage or rate whose base is not known.",
        "Other numbers are withheld where a withheld number could be worked out from them.",
        "One mark, [c], covers every withheld number, so that it does not tell the small ones from the others.",
    ]
