"""One way to group the codes of a dimension: a table `child,parent` with one top, or every fault of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from statpress.alone.codes import check_codes
from statpress.alone.request import Source
from statpress.issue import Issue, nearest
from statpress.tables.place import SOURCE_ROW, explain_rows
from statpress.tables.texts import show_text

CHILD: Final = "child"
PARENT: Final = "parent"
_COLUMNS: Final = (CHILD, PARENT)


@dataclass(frozen=True)
class Tree:
    """The parent of each code but the top, in the order of its file, whose name is `file`."""

    parents: Mapping[str, str]
    top: str
    file: str = ""

    def parts(self) -> dict[str, list[str]]:
        """The codes that have parts, with them, in order."""
        found: dict[str, list[str]] = {}
        for code, parent in self.parents.items():
            found.setdefault(parent, []).append(code)
        return found

    def leaves(self) -> dict[str, frozenset[str]]:
        """Each code with the codes without parts that it is made of; itself, if it has no parts."""
        parts = self.parts()
        found: dict[str, frozenset[str]] = {}
        for code in reversed(self.in_order()):
            below = [found[part] for part in parts.get(code, ())]
            found[code] = frozenset().union(*below) if below else frozenset([code])
        return found

    def in_order(self) -> list[str]:
        """The codes as a reader expects them: each whole before its parts, the top first."""
        parts = self.parts()
        found, waiting = [], [self.top]
        while waiting:
            code = waiting.pop()
            found.append(code)
            waiting += reversed(parts.get(code, ()))
        return found


def read_tree(source: Source) -> tuple[Tree | None, list[Issue]]:
    """The tree of a table with the columns `child` and `parent`; none where it has a fault."""
    if issues := [*_check_columns(source)]:
        return None, issues
    table = source.table
    issues = [issue for column in _COLUMNS for issue in check_codes(table, column, source.file)]
    issues += [*_check_own(source), *_check_twice(source)]
    if issues:
        return None, issues
    parents = dict(zip(table[CHILD], table[PARENT], strict=True))
    tops = sorted(set(parents.values()) - set(parents))
    issues = [*_check_cycles(parents, source), *_check_tops(tops, source)]
    return (None if issues else Tree(parents, tops[0], source.file)), issues


def _check_columns(source: Source) -> Iterator[Issue]:
    found = [str(column) for column in source.table if column != SOURCE_ROW]
    for column in _COLUMNS:
        if column not in found:
            message = f"The hierarchy has no column `{column}`."
            hint = f"Its columns are `child` and `parent`. {nearest(column, found)}"
            yield Issue("missing-column", message, source.file, 1, column, hint=hint)
    for column in found:
        if column not in _COLUMNS:
            message = f"{show_text(column)} is not a column of a hierarchy."
            yield Issue("extra-column", message, source.file, 1, column, hint="Its columns are `child` and `parent`.")


def _check_own(source: Source) -> list[Issue]:
    own = source.table[(source.table[CHILD] == source.table[PARENT]) & (source.table[CHILD] != "")]
    hint = "Leave out the row of the top, and give any other code its parent."
    explain = ("The code is its own parent.", hint)
    return explain_rows("own-parent", own, PARENT, lambda _: explain, file=source.file)


def _check_twice(source: Source) -> list[Issue]:
    first = source.table.drop_duplicates(CHILD).set_index(CHILD)[PARENT]
    again = source.table[source.table.duplicated(CHILD)]
    other = again[PARENT].to_numpy() != again[CHILD].map(first).to_numpy()
    same = ("The code has this parent already.", "Remove the row.")
    two = "Give each code one parent. A second way to group the codes goes into a file of its own."
    return [
        *explain_rows("repeated-code", again[~other], CHILD, lambda _: same, file=source.file),
        *explain_rows("two-parents", again[other], PARENT, lambda row: (_has_two(row), two), file=source.file),
    ]


def _has_two(row: pd.Series) -> str:
    return f"{show_text(row[CHILD])} has another parent already."


def _check_cycles(parents: Mapping[str, str], source: Source) -> Iterator[Issue]:
    rows = dict(zip(source.table[CHILD], source.table[SOURCE_ROW], strict=True))
    done: set[str] = set()
    for start in parents:
        path: dict[str, bool] = {}
        code = start
        while code in parents and code not in done and code not in path:
            path[code] = True
            code = parents[code]
        if code in path:
            yield _explain_cycle([*path][[*path].index(code) :], rows, source.file)
        done |= path.keys()


def _explain_cycle(circle: list[str], rows: Mapping[str, str], file: str) -> Issue:
    shown = [show_text(code) for code in circle[:6]] + (["…"] if len(circle) > 6 else [])
    message = f"The codes are parts of each other in a circle: {' in '.join([*shown, shown[0]])}."
    return Issue("cycle", message, file, int(rows[circle[0]]), PARENT, hint="Mend the parent of one of them.")


def _check_tops(tops: list[str], source: Source) -> Iterator[Issue]:
    if not tops:
        message = "No code is above all others."
        yield Issue("no-top", message, source.file, column=PARENT, hint="Leave out the row of the top, as it has none.")
    if len(tops) > 1:
        rows = source.table.drop_duplicates(PARENT).set_index(PARENT)[SOURCE_ROW]
        message = f"{len(tops)} codes are above all others: {', '.join(show_text(top) for top in tops[:6])}."
        hint = "Give all but one of them a parent."
        yield Issue("several-tops", message, source.file, int(rows[tops[1]]), PARENT, hint=hint)
