"""Printed changes since the period before: the two figures that each compares."""

from __future__ import annotations

from statpress.disclosure.cells import PERIOD_AT, Cells, Key, Rules, of_measure, with_part
from statpress.interval import read_code


def compared(key: Key, cells: Cells, rules: Rules) -> tuple[Key, Key] | None:
    """The figure of this period and the one of the latest earlier period of the same length; None if one is not there.

    Only periods in which the package has the measure count: others may have years that begin in another month.

    A change of P % between two figures is a percentage of 100 + P of the earlier one, and tells as much.
    """
    measure = rules.measures[key[0]].change_of
    now = of_measure(key, measure) if measure is not None else key
    before = _before(now, cells)
    return (now, before) if before is not None and cells.says(now) and cells.says(before) else None


def _before(now: Key, cells: Cells) -> Key | None:
    own = read_code(now[PERIOD_AT])
    if own is None:
        return None
    starts = {
        read.start: code
        for code in {key[PERIOD_AT] for key in cells.values if key[0] == now[0]}
        if (read := read_code(code)) is not None and read.start < own.start
        if code.rpartition("/")[2] == now[PERIOD_AT].rpartition("/")[2]
    }
    return with_part(now, PERIOD_AT, starts[max(starts)]) if starts else None
