"""Judge a table: what must be withheld for itself, what must not, and what it costs to withhold the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statpress.declare.pipeline import ByHand, Headline, Weight
from statpress.disclosure.assemble.counts import BEFORE
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity, quantity_of
from statpress.disclosure.by_hand import check_headlines, find_headlines, weigh, withhold_by_hand
from statpress.disclosure.cells import Cells, Key, Rules, read_cells
from statpress.disclosure.primary import protect_primary
from statpress.disclosure.ratios import numerator_of
from statpress.issue import Issue

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Unprotected:
    """Observations (columns: the key, `value`, `status`, `note`) with what is declared of their protection."""

    observations: pd.DataFrame
    rules: Rules
    by_hand: Sequence[ByHand] = ()
    headlines: Sequence[Headline] = ()
    weights: Sequence[Weight] = ()


@dataclass(frozen=True)
class Judged:
    """A table with the reasons of what is withheld for itself, and the notes that readers see of what is by hand."""

    part: Part
    notes: Mapping[Key, str]
    issues: tuple[Issue, ...]


def judge(table: Unprotected, before: Collection[Quantity] = ()) -> Judged:
    """Judge one table. Issues: rules by hand that name nothing, and headlines that must be withheld.

    What earlier releases withheld (`before`) stays withheld: shown now, it would tell what the others were then. A
    revised total would even tell those that were revised, to a reader who guesses which.
    """
    rules = table.rules
    cells = read_cells(table.observations, rules)
    notes, issues = withhold_by_hand(cells, rules, table.by_hand)
    headlines, faults = find_headlines(cells, rules, table.headlines)
    weights, others = weigh(cells, rules, table.weights)
    reasons: dict[Key, str] = dict.fromkeys(cells.hidden, "source")
    reasons |= dict.fromkeys(notes, "by-hand") | protect_primary(cells, rules)
    reasons |= dict.fromkeys(_parts_of({*notes, *cells.hidden}, cells, rules) - reasons.keys(), "part-of-withheld")
    reasons |= dict.fromkeys((key for key in cells.values if _is_among(before, key, cells, rules)), BEFORE) | reasons
    part = Part(cells, rules, reasons, weights, frozenset(headlines))
    return Judged(part, notes, (*issues, *faults, *others, *check_headlines(headlines, reasons)))


def _is_among(before: Collection[Quantity], key: Key, cells: Cells, rules: Rules) -> bool:
    return bool(before) and cells.says(key) and quantity_of(key, rules) in before


def _parts_of(withheld: Iterable[Key], cells: Cells, rules: Rules) -> set[Key]:
    """The numerators of withheld ratios, which could otherwise be made again."""
    numerators = (numerator_of(key, rules) for key in withheld)
    return {key for key in numerators if key is not None and cells.number(key) is not None}
