"""The files of the Department for Education: symbols stay distinct, nothing true is called false, what is spoilt is found.

Each mutation spoils one place, chosen by a seed among all that its kind of fault can happen to. It counts as found only
with its row, and its column where it has one. What a sum contradicts is found if it is among the figures that are told.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter

import pytest
from dfe_files import FOLDER, Checked, Files
from dfe_mutations import ANY_DIGIT, FIGURES, KINDS, Lines, Mutate, Mutation, read_lines

from statpress.issue import Issue
from statpress.tables.cells import read_cells

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of the Department for Education are not here")
EACH = 6
"""Mutations of each kind: with 38 kinds more than 200."""
LISTS = ("coverage.csv", "present.csv", "counter.csv")
"""Lists of what must be in a file; a row of theirs that is not names the row that is lost."""


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


@pytest.fixture(scope="module")
def lines(files: Files) -> dict[str, Lines]:
    return {name: read_lines(name, files.read(name)) for name in files.names}


def test_there_are_thirteen_files_and_all_are_declared(files: Files) -> None:
    assert len(files.names) == 13
    assert set(files.names) == {*files.declared["files"], *files.declared["lists"]}


def test_nothing_is_said_of_the_files_as_they_are(files: Files) -> None:
    """But for the contradictions that are theirs, which are declared with their rows."""
    for name in files.names:
        checked = files.check(name, files.read(name))
        assert checked.grid is not None
        assert checked.issues == (), name


def test_symbols_are_kept_and_distinct(files: Files) -> None:
    """Every cell is the text that the file has, and each symbol has a status of its own; zeros stay zeros."""
    meanings: dict[str, set[str]] = {}
    for name, own in files.declared["files"].items():
        grid = files.check(name, files.read(name)).grid
        assert grid is not None
        raw = list(csv.reader(io.StringIO(files.read(name).decode("utf-8-sig"))))
        assert grid.table.to_numpy().tolist() == raw[1:]
        for column, kind in own["columns"].items():
            if kind not in ("year", "area", "group", "label"):
                cells = read_cells(grid.table[column], files.notation(name))
                assert not cells.are_faulty.any()
                symbols = grid.table[column].where(~cells.are_numbers, "")
                assert Counter(symbols[symbols != ""]) == Counter(
                    row[raw[0].index(column)] for row in raw[1:] if row[raw[0].index(column)].isalpha()
                )
                assert (cells.numbers[grid.table[column] == "0"] == 0).all()
                for symbol in set(symbols) - {""}:
                    meanings.setdefault(symbol, set()).update(cells.statuses[symbols == symbol])
    assert meanings == {"c": {"c"}, "x": {"x"}, "z": {"z"}, "low": {"low"}, "k": {"low"}, "u": {"u"}}


def mutate(kind: str, change: Mutate, lines: dict[str, Lines], count: int) -> list[Mutation]:
    """Mutations of a kind, each in a file by the seed; files that cannot have such a fault are passed over."""
    rng = random.Random(f"{kind}: 2025")
    found: list[Mutation] = []
    for _ in range(50 * count):
        one = change(lines[rng.choice(sorted(lines))], rng)
        found += [one] if one is not None else []
        if len(found) == count:
            return found
    raise AssertionError(f"too few places for {kind}")


def names_lost(issue: Issue, one: Mutation, files: Files, lines: Lines) -> bool:
    """Whether a row of a list, which is not in the file any more, is that of the cells that were lost."""
    assert one.lost is not None
    assert issue.row is not None
    (table,) = [table for table in files.lists(one.file) if table.place == issue.file]
    header, *rows = csv.reader(io.StringIO(table.data.decode()))
    named = [
        text for name, text in zip(header, rows[issue.row - 2], strict=True) if name in (issue.column or "").split(", ")
    ]
    return bool(named) and set(named) <= set(lines.cells[one.lost])


def is_found(one: Mutation, checked: Checked, files: Files, lines: Lines) -> bool:
    """Whether an issue names the row, and the column, of what was spoilt."""
    own = f"{one.file}.csv"
    for issue in checked.issues:
        columns = set((issue.column or "").split(", "))
        if issue.file == own and issue.row == one.row and (not one.columns or one.columns & columns):
            return True
        if one.lost is not None and issue.file in LISTS and names_lost(issue, one, files, lines):
            return True
    told = [place for places in checked.contradictions for place in places]
    return any((own, one.row, column) in told for column in one.columns)


@pytest.mark.parametrize("kind", [*KINDS, *FIGURES])
def test_what_is_spoilt_is_found_in_its_row_and_column(files: Files, lines: dict[str, Lines], kind: str) -> None:
    for one in mutate(kind, {**KINDS, **FIGURES}[kind], lines, EACH):
        checked = files.check(one.file, one.content)
        assert is_found(one, checked, files, lines[one.file]), (one.file, one.row, sorted(one.columns))


def test_most_changes_of_any_digit_are_found(files: Files, lines: dict[str, Lines]) -> None:
    """Not all can be: some hide in the rounding of a region, some behind the symbol of a neighbour, and of a few figures
    nothing else speaks."""
    mutations = mutate("any", ANY_DIGIT, lines, 40)
    found = [is_found(one, files.check(one.file, one.content), files, lines[one.file]) for one in mutations]
    assert sum(found) >= 30


def test_there_are_two_hundred_of_twenty_kinds() -> None:
    assert len(KINDS) + len(FIGURES) >= 20
    assert EACH * (len(KINDS) + len(FIGURES)) >= 200
