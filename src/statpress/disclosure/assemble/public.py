"""What readers have besides the tables that are about to be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from statpress.disclosure.assemble.quantity import Quantity


@dataclass(frozen=True)
class Public:
    """What is public already, and what an attacker told of the tables."""

    figures: Mapping[Quantity, Collection[float]] = field(default_factory=dict)
    """Figures that other tables show; several of one that was revised"""
    withheld: Collection[Quantity] = ()
    """What earlier releases withhold and none shows: it stays withheld"""
    leads: Collection[frozenset[Quantity]] = ()
    """Figures of which one at least must be withheld: all of them together tell something that is withheld"""


NOTHING = Public()
