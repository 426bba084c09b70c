"""What readers have besides the tables that are about to be published, and what attacks on former tries have taught."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from statpress.disclosure.assemble.quantity import Quantity
from statpress.disclosure.cells import Key


@dataclass(frozen=True)
class Public:
    """What is public already."""

    figures: Mapping[Quantity, Collection[float]] = field(default_factory=dict)
    """Figures that other tables show; several of one that was revised"""
    withheld: Collection[Quantity] = ()
    """What earlier releases withhold and none shows: it stays withheld"""


@dataclass(frozen=True)
class Lessons:
    """What an attacker worked out of former patterns, and the last of them."""

    leads: frozenset[frozenset[Quantity]] = frozenset()
    """Figures of which one at least must be withheld: all of them together tell something that is withheld"""
    insiders: frozenset[tuple[Quantity, Quantity]] = frozenset()
    """Cells of one person, each with another that he must not learn"""
    narrowed: frozenset[Quantity] = frozenset()
    """Small counts of which no safe pattern keeps all of the band possible"""
    besides: frozenset[Quantity] = frozenset()
    """Figures that are withheld as a last resort"""
    withheld: tuple[frozenset[Key], ...] = ()
    """What was withheld of each table"""

    def more(self, other: Lessons) -> Lessons:
        """These and others, whose pattern is the last."""
        return Lessons(
            self.leads | other.leads,
            self.insiders | other.insiders,
            self.narrowed | other.narrowed,
            self.besides | other.besides,
            other.withheld,
        )

    def teach(self, other: Lessons) -> bool:
        """Whether these tell what others do not."""
        return not (self.leads <= other.leads and self.insiders <= other.insiders and self.narrowed <= other.narrowed)


NOTHING, NO_LESSONS = Public(), Lessons()
