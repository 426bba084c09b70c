"""Protect a table of observations: withhold what the policy names and whatever would give it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statpress.cube import key_columns
from statpress.declare.pipeline import ByHand
from statpress.disclosure.by_hand import withhold_by_hand
from statpress.disclosure.cells import Cells, Key, Rules, read_cells, without_helpers
from statpress.disclosure.equations import Equation, find_equations
from statpress.disclosure.primary import protect_primary
from statpress.disclosure.ratios import denominator_of, numerator_of
from statpress.disclosure.secondary import find_partners
from statpress.issue import Issue
from statpress.status import WITHHELD

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Protected:
    """Observations that are safe to publish, and, for maintainers only, why each withheld cell is withheld."""

    observations: pd.DataFrame
    reasons: Mapping[Key, str]
    """Withheld cell to the name of the rule. It tells small numbers from their partners, so it is never published."""
    notes: Mapping[Key, str]
    """Cell withheld by hand, computed ones among them, to the reason that readers see."""


def protect_table(
    observations: pd.DataFrame, rules: Rules, by_hand: Iterable[ByHand] = ()
) -> tuple[Protected, list[Issue]]:
    """Observations (columns: the key, `value`, `status`, `note`) with every cell withheld that must be.

    Returns issues where no withholding can make an equation safe, or where a rule by hand withholds nothing; then the
    release must not be written. A withheld cell loses its note, which may say too much, and gets the published reason
    if a person withheld it.
    """
    cells = read_cells(observations, rules)
    notes, issues = withhold_by_hand(cells, rules, by_hand)
    reasons: dict[Key, str] = dict.fromkeys(cells.hidden, "source")
    reasons |= protect_primary(cells, rules) | dict.fromkeys(notes, "by-hand")
    reasons |= dict.fromkeys(_parts_of({*notes, *cells.hidden}, cells, rules) - reasons.keys(), "part-of-withheld")
    hopeless = _spread(cells, rules, reasons)
    reasons |= dict.fromkeys(cells.helpers, "never-published")
    protected = Protected(_apply(without_helpers(observations, rules), rules, reasons, notes), reasons, notes)
    return protected, [*issues, *(_hopeless_issue(equation, rules) for equation in hopeless)]


def _spread(cells: Cells, rules: Rules, reasons: dict[Key, str]) -> list[Equation]:
    """Withhold ratios with withheld parts and partners in equations, until nothing changes."""
    equations = find_equations(cells, rules)
    while True:
        ratios = _ratios_with_hidden_parts(cells, rules, set(reasons))
        reasons |= dict.fromkeys(ratios, "part-withheld")
        partners, hopeless = find_partners(equations, cells, set(reasons), rules)
        reasons |= dict.fromkeys(partners | (_parts_of(partners, cells, rules) - reasons.keys()), "protects-another")
        if not ratios and not partners:
            return hopeless


def _ratios_with_hidden_parts(cells: Cells, rules: Rules, hidden: set[Key]) -> set[Key]:
    """A percentage or rate with a withheld numerator or denominator would give it away."""
    return {
        key
        for key, value in cells.values.items()
        if value is not None
        and key not in hidden
        and (numerator_of(key, rules) in hidden or denominator_of(key, rules) in hidden)
    }


def _parts_of(withheld: Iterable[Key], cells: Cells, rules: Rules) -> set[Key]:
    """The numerators of withheld ratios, which could otherwise be made again."""
    numerators = (numerator_of(key, rules) for key in withheld)
    return {key for key in numerators if key is not None and cells.number(key) is not None}


def _apply(
    observations: pd.DataFrame, rules: Rules, reasons: Mapping[Key, str], notes: Mapping[Key, str]
) -> pd.DataFrame:
    columns = key_columns(tuple(rules.dimensions))
    keys = list(zip(*(observations[column].tolist() for column in columns), strict=True))
    hide = [key in reasons for key in keys]
    safe = observations.copy()
    safe.loc[hide, "value"] = float("nan")
    safe.loc[hide, "status"] = WITHHELD
    safe.loc[hide, "note"] = [notes.get(key, "") for key, hidden in zip(keys, hide, strict=True) if hidden]
    return safe


def _hopeless_issue(equation: Equation, rules: Rules) -> Issue:
    measure, area, period, *categories = equation.parts[0]
    broken = [name for name, code in zip(rules.dimensions, categories, strict=True) if code != "all"]
    message = (
        f"Nothing can be withheld that would protect {measure} by {' and '.join(broken) or 'area'} "
        f"(area {area}, period {period})."
    )
    return Issue(
        "cannot-protect", message, hint="Merge categories, leave the breakdown out, or withhold the total by hand."
    )
