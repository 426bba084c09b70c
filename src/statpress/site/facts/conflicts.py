"""How sources contradict themselves: told on every page that shows one of the figures, and numbered there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def number_conflicts(texts: Iterable[Sequence[str]]) -> dict[str, int]:
    """Each conflict of some indicators, whose `texts` they are, once, with its number on the page."""
    found = dict.fromkeys(text for own in texts for text in own)
    return {text: number for number, text in enumerate(found, start=1)}
