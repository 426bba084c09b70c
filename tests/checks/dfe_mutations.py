"""Ways in which a file goes wrong between an office and a publisher: each spoils one place of a file, by a seed.

The place is chosen at random among all that a kind of fault can happen to, never by what is found.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
PLACES = (
    "geographic_level",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "UTLA23CD",
    "UTLA23NM",
)
LOOK_ALIKE = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))


@dataclass(frozen=True)
class Lines:
    """A file as its lines: the cells of each, and the bytes that they came from."""

    name: str
    raw: tuple[bytes, ...]
    cells: tuple[tuple[str, ...], ...]
    mark: bytes

    @property
    def header(self) -> tuple[str, ...]:
        return self.cells[0]

    def join(self, raw: Sequence[bytes]) -> bytes:
        return self.mark + b"".join(raw)

    def with_cells(self, changes: dict[int, Sequence[str]]) -> bytes:
        """The file with other cells in some lines, counted from 0."""
        return self.join([_write(changes[at]) if at in changes else line for at, line in enumerate(self.raw)])


@dataclass(frozen=True)
class Mutation:
    """A spoilt file. `row` is where, `columns` are those of which one must be named (none where the row is enough).

    `lost` is the line of the cells that are not there any more.
    """

    kind: str
    file: str
    content: bytes
    row: int
    columns: frozenset[str] = frozenset()
    lost: int | None = None


Mutate = Callable[[Lines, random.Random], Mutation | None]


def read_lines(name: str, content: bytes) -> Lines:
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    raw = tuple(content.removeprefix(mark).splitlines(keepends=True))
    cells = tuple(tuple(row) for row in csv.reader(io.StringIO(content.removeprefix(mark).decode(), newline="")))
    assert len(raw) == len(cells)
    return Lines(name, raw, cells, mark)


def _write(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _rows(lines: Lines) -> list[int]:
    """Lines that hold data: their place, counted from 0."""
    return [at for at, cells in enumerate(lines.cells) if at and cells[0]]


def _spots(lines: Lines, rng: random.Random, fits: Callable[[str, str], bool]) -> Iterator[tuple[int, int]]:
    """Cells at random whose column and text fit."""
    rows = _rows(lines)
    for _ in range(2000):
        at = rng.choice(rows)
        column = rng.randrange(len(lines.header))
        if fits(lines.header[column], lines.cells[at][column]):
            yield at, column


def _change(kind: str, fits: Callable[[str, str], bool], spoil: Callable[[str, random.Random], str | None]) -> Mutate:
    """A kind of fault that spoils the text of one cell."""

    def mutate(lines: Lines, rng: random.Random) -> Mutation | None:
        for at, column in _spots(lines, rng, fits):
            old = lines.cells[at][column]
            new = spoil(old, rng)
            if new is not None and new != old:
                cells = [*lines.cells[at][:column], new, *lines.cells[at][column + 1 :]]
                content = lines.with_cells({at: cells})
                return Mutation(kind, lines.name, content, at + 1, frozenset({lines.header[column]}))
        return None

    return mutate


def is_figure(column: str, text: str) -> bool:
    return column not in KEYS and NUMBER.fullmatch(text) is not None


def is_mark(column: str, text: str) -> bool:
    return column not in KEYS and text in ("c", "x", "z", "low", "k", "u")


def is_code(column: str, text: str) -> bool:
    return column in ("new_la_code", "region_code", "LTLA23CD", "UTLA23CD") and bool(text)


def is_name(column: str, text: str) -> bool:
    return bool(re.search("[a-z]{3}", text)) and text.isprintable()


def is_any(column: str, text: str) -> bool:
    return bool(text)


KEYS = frozenset(
    ["time_period", "time_identifier", *PLACES, "country_code", "country_name", "category", "age_group", "ObjectId"]
    + ["population_type", "care_leaver_age", "breakdown", "cla_group", "placement_stability", "LTLA23CD", "LTLA23NM"]
    + ["LTLA23NMW", "UTLA23NMW", "LA num", "LA Name", "LA number", "GOInd", "GOReg", "region_ind", "SNP", ""]
    + [f"SN{n}" for n in range(1, 11)]
    + [f"SN_{n}{p}" for n in range(1, 11) for p in ("", "P")]
)


def _look_alike(text: str, rng: random.Random) -> str | None:
    places = [place for place, character in enumerate(text) if character in LOOK_ALIKE]
    if not places:
        return None
    place = rng.choice(places)
    return text[:place] + LOOK_ALIKE[text[place]] + text[place + 1 :]


def _letter_for_digit(text: str, rng: random.Random) -> str | None:
    places = [place for place, character in enumerate(text) if character in "01"]
    place = rng.choice(places) if places else 0
    return text[:place] + {"0": "O", "1": "l"}[text[place]] + text[place + 1 :] if places else None


def _move_point(text: str, rng: random.Random) -> str | None:
    if "." in text:
        whole, _, rest = text.partition(".")
        return rng.choice([f"{whole}{rest}", f"{whole[:-1] or '0'}.{whole[-1]}{rest}"])
    return f"{text[:-1]}.{text[-1]}" if len(text) > 1 and text[-1] != "0" else None


def _misspell(text: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(text) - 1)
    return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]


def _group(text: str, rng: random.Random) -> str | None:
    return f"{int(text):,}" if text.isdigit() and len(text) > 3 else None


def drop_row(lines: Lines, rng: random.Random) -> Mutation:
    at = rng.choice(_rows(lines))
    content = lines.join([*lines.raw[:at], *lines.raw[at + 1 :]])
    return Mutation("a row dropped", lines.name, content, at + 1, lost=at)


def repeat_row(lines: Lines, rng: random.Random) -> Mutation:
    at = rng.choice(_rows(lines))
    content = lines.join([*lines.raw[: at + 1], lines.raw[at], *lines.raw[at + 1 :]])
    return Mutation("a row twice", lines.name, content, at + 2)


def repeat_key(lines: Lines, rng: random.Random) -> Mutation | None:
    """A row that keeps its figures and takes the key of another."""
    one, other = rng.sample(_rows(lines), 2)
    keys = [column for column, name in enumerate(lines.header) if name in KEYS]
    if len(keys) == len(lines.header):
        return None
    cells = [lines.cells[other][at] if at in keys else cell for at, cell in enumerate(lines.cells[one])]
    return Mutation("the key of another row", lines.name, lines.with_cells({one: cells}), max(one, other) + 1, lost=one)


def swap_columns_of_row(lines: Lines, rng: random.Random) -> Mutation | None:
    for at, column in _spots(lines, rng, lambda *_: True):
        cells = list(lines.cells[at])
        if column + 1 < len(cells) and cells[column] != cells[column + 1]:
            figures = [is_figure(lines.header[one], cells[one]) for one in (column, column + 1)]
            if all(figures) and not is_told_twice(lines, at, column, cells[column + 1]):
                continue
            cells[column : column + 2] = cells[column + 1], cells[column]
            names = frozenset(lines.header[column : column + 2])
            return Mutation("two cells swapped", lines.name, lines.with_cells({at: cells}), at + 1, names)
    return None


def swap_places(lines: Lines, rng: random.Random) -> Mutation | None:
    """Codes of two rows swapped, with everything else left."""
    columns = [lines.header.index(name) for name in ("new_la_code", "UTLA23CD") if name in lines.header]
    if not columns:
        return None
    for _ in range(1000):
        one, other = rng.sample(_rows(lines), 2)
        first, second = (lines.cells[at][columns[0]] for at in (one, other))
        if first and second and first != second:
            changed = {at: list(lines.cells[at]) for at in (one, other)}
            changed[one][columns[0]], changed[other][columns[0]] = second, first
            names = frozenset({lines.header[columns[0]]})
            return Mutation("codes of two rows swapped", lines.name, lines.with_cells(changed), one + 1, names)
    return None


def shift_row(lines: Lines, rng: random.Random) -> Mutation | None:
    """Everything after a place one cell to the right; the last cell falls off."""
    for at, column in _spots(lines, rng, lambda *_: True):
        cells = lines.cells[at]
        new = [*cells[:column], "", *cells[column:-1]]
        if new != list(cells):
            first = next(place for place, (old, now) in enumerate(zip(cells, new, strict=True)) if old != now)
            names = frozenset(lines.header[first:])
            return Mutation("a row shifted", lines.name, lines.with_cells({at: new}), at + 1, names)
    return None


def swap_names(lines: Lines, rng: random.Random) -> Mutation | None:
    """The names of two columns swapped in the header."""
    for _ in range(100):
        column = rng.randrange(len(lines.header) - 1)
        names = list(lines.header)
        names[column : column + 2] = names[column + 1], names[column]
        if names[column] != names[column + 1]:
            return Mutation("two headers swapped", lines.name, lines.with_cells({0: names}), 1)
    return None


def rename_column(lines: Lines, rng: random.Random) -> Mutation:
    column = rng.randrange(len(lines.header) - 1)
    names = [*lines.header[:column], lines.header[column] + "_1", *lines.header[column + 1 :]]
    return Mutation("a header renamed", lines.name, lines.with_cells({0: names}), 1)


def drop_delimiter(lines: Lines, rng: random.Random) -> Mutation:
    at = rng.choice(_rows(lines))
    cells = list(lines.cells[at])
    column = rng.randrange(len(cells) - 1)
    cells[column : column + 2] = [cells[column] + cells[column + 1]]
    return Mutation("two cells run together", lines.name, lines.with_cells({at: cells}), at + 1)


def add_delimiter(lines: Lines, rng: random.Random) -> Mutation:
    at = rng.choice(_rows(lines))
    cells = list(lines.cells[at])
    cells.insert(rng.randrange(len(cells)), "")
    return Mutation("a cell too many", lines.name, lines.with_cells({at: cells}), at + 1)


def cut_off(lines: Lines, rng: random.Random) -> Mutation:
    """The file ends in the middle of a row."""
    at = rng.choice(_rows(lines))
    line = lines.raw[at]
    keep = rng.randrange(1, max(2, line.rfind(b",")))
    return Mutation("cut off", lines.name, lines.join([*lines.raw[:at], line[:keep]]), at + 1)


def spoil_bytes(lines: Lines, rng: random.Random) -> Mutation:
    """A letter in the encoding of an older program."""
    return _in_bytes("another encoding", lines, rng, lambda line, place: line[:place] + b"\xe9" + line[place + 1 :])


def put_nul(lines: Lines, rng: random.Random) -> Mutation:
    return _in_bytes("a NUL byte", lines, rng, lambda line, place: line[:place] + b"\0" + line[place:])


def open_quote(lines: Lines, rng: random.Random) -> Mutation:
    at = rng.choice(_rows(lines))
    column = rng.randrange(len(lines.header))
    cells = [_write([cell]).rstrip(b"\n").replace(b'""', b"") for cell in lines.cells[at]]
    cells[column] = b'"' + cells[column].strip(b'"')
    raw = [*lines.raw[:at], b",".join(cells) + b"\n", *lines.raw[at + 1 :]]
    return Mutation("a quote left open", lines.name, lines.join(raw), at + 1)


def old_line_end(lines: Lines, rng: random.Random) -> Mutation:
    at = rng.choice(_rows(lines)[:-1])
    raw = [*lines.raw[:at], lines.raw[at].rstrip(b"\n") + b"\r", *lines.raw[at + 1 :]]
    return Mutation("an old line end", lines.name, lines.join(raw), at + 1)


def blank_line(lines: Lines, rng: random.Random) -> Mutation | None:
    if lines.name.startswith("New_"):  # its blank lines are declared to mean nothing, and so does one more
        return None
    at = rng.choice(_rows(lines))
    return Mutation("a blank line", lines.name, lines.join([*lines.raw[:at], b"\n", *lines.raw[at:]]), at + 1)


def other_delimiter(lines: Lines, rng: random.Random) -> Mutation:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=rng.choice(";\t|"), lineterminator="\n").writerows(lines.cells)
    return Mutation("another delimiter", lines.name, lines.mark + text.getvalue().encode(), 1)


def _in_bytes(kind: str, lines: Lines, rng: random.Random, spoil: Callable[[bytes, int], bytes]) -> Mutation:
    """A byte inside a cell."""
    at, column = next(_spots(lines, rng, lambda _, text: len(text) > 1))
    start = len(_write(lines.cells[at][:column])) if column else 0
    place = start + 1 + rng.randrange(len(lines.cells[at][column]) - 1)
    raw = [*lines.raw[:at], spoil(lines.raw[at], place), *lines.raw[at + 1 :]]
    return Mutation(kind, lines.name, lines.join(raw), at + 1, frozenset({lines.header[column]}))


def change_digit(text: str, rng: random.Random) -> str:
    """Another digit at any place of a number."""
    place = rng.choice([place for place, character in enumerate(text) if character.isdigit()])
    return text[:place] + rng.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]


def change_first_digit(text: str, rng: random.Random) -> str | None:
    """Another first digit of a number of three digits or more."""
    if len(text.partition(".")[0]) < 3:
        return None
    return rng.choice([d for d in "123456789" if d != text[0]]) + text[1:]


GROUPS = ("population_type", "care_leaver_age", "breakdown", "cla_group", "placement_stability")
NOT_OUT_OF_ANYTHING = ("absence_rate_fte", "awaiting_assessment")
"""A rate whose base is not printed. Nothing but areas speaks of the other, which has few of them in number."""


def is_told_twice(lines: Lines, at: int, column: int, new: str) -> bool:
    """Whether other figures of the file say what a figure is, by more than their rounding could hide.

    A count of an authority or region: every authority of the region has a number, and the region too. A share or rate of
    an authority: no figure of the row is a mark. It looks at the file alone, and knows no rule.
    """
    name, cells = lines.header[column], lines.cells[at]
    if name not in lines.header or "geographic_level" not in lines.header or not NUMBER.fullmatch(new):
        return False
    change = abs(float(new) - float(cells[column]))
    if "percent" in name or "rate" in name or name == "caseload_fte":
        is_whole = not any(is_mark(one, text) for one, text in zip(lines.header, cells, strict=True))
        return name not in NOT_OUT_OF_ANYTHING and cells[_at(lines, "new_la_code")] != "" and is_whole and change >= 3
    return change > 10 and all(NUMBER.fullmatch(text) for text in _beside(lines, at, column))


def _at(lines: Lines, name: str) -> int:
    return lines.header.index(name)


def _beside(lines: Lines, at: int, column: int) -> list[str]:
    """The figures of the authorities of a region, and of the region; a mark for the country, whose rounding hides more."""
    names = ("time_period", "region_code", *(group for group in GROUPS if group in lines.header))
    places = [_at(lines, name) for name in names]
    key = [lines.cells[at][place] for place in places]
    if key[1] in ("", "E12000007"):
        return ["x"]
    return [cells[column] for cells in lines.cells[1:] if [cells[place] for place in places] == key]


def _change_figure(kind: str, spoil: Callable[[str, random.Random], str | None]) -> Mutate:
    """A kind of fault that makes another figure, at a place that other figures speak of."""

    def mutate(lines: Lines, rng: random.Random) -> Mutation | None:
        for at, column in _spots(lines, rng, is_figure):
            new = spoil(lines.cells[at][column], rng)
            if new is not None and is_told_twice(lines, at, column, new):
                cells = [*lines.cells[at][:column], new, *lines.cells[at][column + 1 :]]
                names = frozenset({lines.header[column]})
                return Mutation(kind, lines.name, lines.with_cells({at: cells}), at + 1, names)
        return None

    return mutate


UNDECLARED = ("C", "*", "-", "..", ":", "n/a", "[c]", "<5", "N/A", "supp", "~")
KINDS: dict[str, Mutate] = {
    "a row dropped": drop_row,
    "a row twice": repeat_row,
    "the key of another row": repeat_key,
    "two cells swapped": swap_columns_of_row,
    "codes of two rows swapped": swap_places,
    "a row shifted": shift_row,
    "two headers swapped": swap_names,
    "a header renamed": rename_column,
    "two cells run together": drop_delimiter,
    "a cell too many": add_delimiter,
    "cut off": cut_off,
    "another encoding": spoil_bytes,
    "a NUL byte": put_nul,
    "a quote left open": open_quote,
    "an old line end": old_line_end,
    "a blank line": blank_line,
    "another delimiter": other_delimiter,
    "encoded twice": _change("encoded twice", is_name, lambda text, _: text[:2] + "Ã©" + text[3:]),
    "a look-alike letter": _change("a look-alike letter", is_name, _look_alike),
    "a letter for a digit": _change("a letter for a digit", is_code, _letter_for_digit),
    "a space after a code": _change(
        "a space after a code", is_code, lambda text, rng: text + rng.choice([" ", "\u00a0"])
    ),
    "letters swapped in a name": _change(
        "letters swapped in a name", lambda column, text: column in PLACES and is_name(column, text), _misspell
    ),
    "an undeclared mark": _change("an undeclared mark", is_mark, lambda _, rng: rng.choice(UNDECLARED)),
    "a mark for a figure": _change("a mark for a figure", is_figure, lambda _, rng: rng.choice(UNDECLARED)),
    "an empty figure": _change("an empty figure", is_figure, lambda *_: ""),
    "a minus sign": _change("a minus sign", is_figure, lambda text, _: f"-{text}"),
    "a percent sign": _change("a percent sign", is_figure, lambda text, _: f"{text}%"),
    "thousands separated": _change("thousands separated", is_figure, _group),
    "a shortened number": _change("a shortened number", is_figure, lambda text, _: f"{text[0]}E+0{len(text) - 1}"),
    "a date for a figure": _change("a date for a figure", is_figure, lambda _, rng: rng.choice(["03-Mar", "Oct-14"])),
    "a formula": _change("a formula", is_figure, lambda *_: "=B2+B3"),
    "a spreadsheet error": _change(
        "a spreadsheet error", is_figure, lambda _, rng: rng.choice(["#REF!", "#N/A", "#DIV/0!"])
    ),
    "a year that is not covered": _change(
        "a year that is not covered",
        lambda column, _: column == "time_period",
        lambda _, rng: rng.choice(["2002", "2105", "20255"]),
    ),
}
"""Kinds of faults that leave a trace in the file itself or beside its code lists."""
FIGURES: dict[str, Mutate] = {
    "a decimal point moved": _change_figure("a decimal point moved", _move_point),
    "a digit too many": _change_figure("a digit too many", lambda text, rng: text + rng.choice("0123456789")),
    "a digit too few": _change_figure("a digit too few", lambda text, _: text[:-1] if len(text) > 1 else None),
    "another first digit": _change_figure("another first digit", change_first_digit),
    "another digit": _change_figure("another digit", change_digit),
}
"""Kinds of faults that make another plausible figure, where others give it away."""
ANY_DIGIT: Mutate = _change("another digit anywhere", is_figure, change_digit)
"""Another digit in any figure, also where rounding hides it or nothing else speaks of it."""
