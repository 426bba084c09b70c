"""How sources contradict themselves: told on every page that shows one of the figures, and numbered there."""

from __future__ import annotations

from collections.abc import Iterable

from statpress.site.facts.indicator import Indicator


def number_conflicts(indicators: Iterable[Indicator]) -> dict[str, int]:
    """Each conflict that these indicators have, once, with its number on the page."""
    found = dict.fromkeys(text for indicator in indicators for text in indicator.conflicts)
    return {text: number for number, text in enumerate(found, start=1)}
