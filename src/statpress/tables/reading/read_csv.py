"""Read a CSV file exactly as declared: nothing is guessed, padded or lost, and every bad row is named."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from statpress.issue import Issue
from statpress.tables.place import MOST, count_more
from statpress.tables.reading.decode import decode_text
from statpress.tables.reading.finish import finish_grid
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid, check_size, explain_long_cell
from statpress.tables.reading.header import check_header, propose_delimiter
from statpress.tables.reading.lines import check_lines


def read_csv(content: bytes, form: Form, file: str) -> tuple[Grid | None, list[Issue]]:
    """Read the bytes of a CSV file with a header. Every cell becomes a text, an empty one an empty text."""
    content, issues = decode_text(content, form.encoding, file, form.delimiter)
    issues = issues or _check_lines(content, form.delimiter, file)
    if issues:
        return None, issues
    starts, unclosed = _check_quotes(content, form.delimiter, file) if b'"' in content else (None, [])
    if unclosed:
        return None, unclosed
    names = _read_names(content, form.delimiter, quoted=starts is not None)
    if faults := propose_delimiter(content, names, form.delimiter, file) or check_header(names, file, form.columns):
        return None, faults
    return _read_records(content, names, starts, form=form, file=file)


def _check_lines(content: bytes, delimiter: str, file: str) -> list[Issue]:
    if not content.strip():
        return [Issue("no-header", "The file is empty.", file, 1, hint="Check that the file is whole.")]
    if b'"' not in content and (place := _find_return(content)) >= 0:
        return [_lone_return(content.count(b"\n", 0, place) + 1, file)]
    return check_lines(content, delimiter, file)


def _find_return(content: bytes) -> int:
    """Where the first carriage return stands that no line feed follows; -1 if there is none."""
    place = content.find(b"\r")
    while place >= 0 and content[place + 1 : place + 2] == b"\n":
        place = content.find(b"\r", place + 2)
    return place


def _lone_return(row: int, file: str) -> Issue:
    message = "A carriage return stands alone, where a line should end with a line feed."
    return Issue("line-ends", message, file, row, hint="Save the file with Unix or Windows line ends.")


def _check_quotes(content: bytes, delimiter: str, file: str) -> tuple[Sequence[int] | None, list[Issue]]:
    """The line that each record starts on; or the fault of the first quote that is not closed where it should be.

    A quote that is never closed would swallow the rows after it without a word, so the file is read once more by a
    strict parser when it holds any quote.
    """
    reader = csv.reader(_open(content), delimiter=delimiter, strict=True)
    starts = array("q", [1])
    try:
        for _ in reader:
            starts.append(reader.line_num + 1)
    except csv.Error as fault:
        return None, [_explain_quote(str(fault), starts[-1], file)]
    return starts, []


def _open(content: bytes) -> io.TextIOWrapper:
    """Read little by little: a decoded text can need four times the memory of its bytes."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n")


def _explain_quote(fault: str, row: int, file: str) -> Issue:
    if "field larger" in fault:
        return explain_long_cell(row, file)
    if "new-line character" in fault:
        return _lone_return(row, file)
    message = "A quote that opens in this row is not closed, or text follows where it closes."
    return Issue("unclosed-quote", message, file, row, hint='Write a quote inside a quoted cell twice: "".')


def _read_names(content: bytes, delimiter: str, *, quoted: bool) -> list[str]:
    if quoted:
        return next(csv.reader(_open(content), delimiter=delimiter, strict=True))
    return content.split(b"\n", 1)[0].removesuffix(b"\r").decode().split(delimiter)


def _read_records(
    content: bytes, names: list[str], starts: Sequence[int] | None, *, form: Form, file: str
) -> tuple[Grid | None, list[Issue]]:
    if faults := check_size(content.count(b"\n") * len(names), file):
        return None, faults
    ragged = _Ragged()
    records = _parse(content, len(names), form.delimiter, ragged)
    if starts and 1 + records.num_rows + ragged.count != len(starts) - 1:
        return None, [_lone_return(_find_returns(content, starts), file)]
    if ragged.count:
        return None, _explain_ragged(ragged, starts, file)
    rows = starts[1 : records.num_rows + 1] if starts else range(2, records.num_rows + 2)
    table = records.rename_columns(list(form.columns) or names).to_pandas()
    return finish_grid(Grid(table, rows), form, file)


def _find_returns(content: bytes, starts: Sequence[int]) -> int:
    """The line of the first record that ends in several carriage returns, which one parser reads as several rows."""
    lines = content.split(b"\n")
    return next((after - 1 for after in starts[1:] if lines[after - 2].endswith(b"\r\r")), 1)


@dataclass
class _Ragged:
    """The rows of another width than the header: the first of them, and how many there are."""

    first: list[tuple[int, int, int]] = field(default_factory=list)
    count: int = 0

    def skip(self, row: Any) -> str:
        """Note a row, and leave it out."""
        self.count += 1
        if self.count <= MOST:
            self.first.append((row.number, row.actual_columns, row.expected_columns))
        return "skip"


def _parse(content: bytes, width: int, delimiter: str, ragged: _Ragged) -> pa.Table:
    """Every record after the header as texts. Rows of another width are skipped and noted in `ragged`."""

    names = [str(index) for index in range(width)]
    content = content if content.endswith(b"\n") else content + b"\n"
    return arrow_csv.read_csv(
        pa.BufferReader(content),
        arrow_csv.ReadOptions(
            use_threads=False, column_names=names, skip_rows_after_names=1, block_size=len(content) + 1
        ),
        arrow_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=ragged.skip,
        ),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )


def _explain_ragged(ragged: _Ragged, starts: Sequence[int] | None, file: str) -> list[Issue]:
    issues = [
        Issue(
            "ragged-row",
            f"The row has {actual} cells, the header {expected}.",
            file,
            starts[number - 1] if starts else number,
            hint="Check for a missing or stray delimiter, or quote the cell that holds it.",
        )
        for number, actual, expected in ragged.first
    ]
    return [*issues, *count_more("ragged-row", ragged.count - MOST, file=file)]
