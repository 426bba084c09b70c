"""A disclosure policy in words and in numbers, as every package publishes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statpress.declare.base import band
from statpress.declare.policy import Contributors, Policy, Ratios, Rounding


def describe_policy(policy: Policy) -> dict[str, Any]:
    """The policy's title, words (a list of sentences), rules (numbers) and source."""
    return {
        "title": policy.title,
        "words": [
            *_of_counts(policy),
            *_of_ratios(policy),
            *_of_contributors(policy.contributors),
            *_of_others(policy),
        ],
        "rules": _rules(policy),
        "source": policy.source,
    }


def _rules(policy: Policy) -> dict[str, Any]:
    """The rules in numbers. `withheld_counts` are the counts that count as small, withheld or only rounded."""
    low, high = band(policy.withhold.counts)
    rules: dict[str, Any] = {
        "withheld_counts": [max(low, 1), high],
        "zeros": policy.withhold.zeros,
        "complements": policy.withhold.complements,
        "groups": policy.withhold.groups,
        **{name: limit for name, limit in policy.ratios.model_dump().items() if limit},
        "standard": policy.protection.standard,
    }
    if policy.rounding:
        rules["rounding"] = policy.rounding.model_dump()
    contributors = policy.contributors.model_dump(exclude_none=True)
    return rules | ({"contributors": contributors} if contributors else {})


def _of_counts(policy: Policy) -> Iterator[str]:
    low, high = band(policy.withhold.counts)
    if policy.rounding is None or policy.withholds_small:
        yield f"Counts of people from {max(low, 1)} to {high} are withheld."
        if policy.withhold.complements:
            yield f"A count that leaves {high} or fewer of a printed whole is withheld as well."
    if policy.rounding:
        yield from _of_rounding(policy.rounding)
    yield "A true zero is shown." if policy.withhold.zeros == "shown" else "A zero is withheld as well."
    if policy.withhold.groups == "withheld":
        yield "Where everyone of a group is in one category, that is withheld, with the zeros beside it."


def _of_rounding(rounding: Rounding) -> Iterator[str]:
    which = "All other counts" if rounding.small == "withheld" else "All counts of people"
    if rounding.method == "controlled":
        yield f"{which} are rounded to a multiple of {rounding.base} just below or above, so that totals still add up."
    else:
        halves = ", halves up" if rounding.base % 2 == 0 else ""
        yield f"{which} are rounded to the nearest {rounding.base}{halves}, so that totals need not add up."
    yield "A count that rounds to zero without being zero is marked [low]."
    yield "Percentages, rates and means are made from rounded counts; those that cannot be are withheld."


def _of_ratios(policy: Policy) -> Iterator[str]:
    ratios = policy.ratios
    yield "A percentage or rate with a withheld part is withheld."
    yield (
        f"A percentage, rate or mean on fewer than {ratios.smallest_denominator} is withheld, and so is a "
        "percentage or rate whose base is not known."
    )
    if ratios.smallest_numerator:
        yield f"A percentage or rate that counts fewer than {ratios.smallest_numerator} is withheld."
    yield from _of_reliability(ratios)


def _of_reliability(ratios: Ratios) -> Iterator[str]:
    if ratios.reliable_denominator:
        yield f"A percentage, rate or mean on fewer than {ratios.reliable_denominator} is marked [u], low reliability."
    if ratios.reliable_numerator:
        yield f"A percentage or rate that counts fewer than {ratios.reliable_numerator} is marked [u], low reliability."


def _of_contributors(rules: Contributors) -> Iterator[str]:
    if rules.dominance:
        who, share = rules.dominance.largest, rules.dominance.share
        whom = "largest contributor makes" if who == 1 else f"{who} largest contributors make"
        yield f"A sum is withheld where the {whom} up more than {share:g} % of it."
    if rules.p_percent:
        yield (
            "A sum is withheld where the second largest contributor could work out what the largest gave to within "
            f"{rules.p_percent:g} %."
        )


def _of_others(policy: Policy) -> Iterator[str]:
    if policy.withholds_small:
        yield "Other numbers are withheld where a withheld number could be worked out from them."
    yield "One mark, [c], covers every withheld number, so that it does not tell the small ones from the others."
