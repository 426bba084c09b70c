"""Read a CSV file exactly as declared: nothing is guessed, padded or lost, and every bad row is named."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from statpress.issue import Issue
from statpress.tables.place import MOST, count_more
from statpress.tables.reading.grid import Grid, check_grid, explain_long_cell
from statpress.tables.reading.header import check_header


def read_csv(content: bytes, delimiter: str, file: str) -> tuple[Grid | None, list[Issue]]:
    """Read the bytes of a CSV file in UTF-8 with a header. Every cell becomes a text, an empty one an empty text."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if unreadable := _check_bytes(content, file):
        return None, [unreadable]
    starts, unclosed = _check_quotes(content, delimiter, file) if b'"' in content else (None, [])
    if unclosed:
        return None, unclosed
    names = _read_names(content, delimiter, quoted=starts is not None)
    if faults := check_header(names, file):
        return None, faults
    return _read_records(content, names, starts, delimiter=delimiter, file=file)


def _check_bytes(content: bytes, file: str) -> Issue | None:
    if not content.strip():
        return Issue("no-header", "The file is empty.", file, 1)
    if (place := content.find(b"\0")) >= 0:
        return Issue(
            "nul-byte", "The row holds a NUL byte.", file, _row_at(content, place), hint="Save it as UTF-8 text."
        )
    try:
        content.decode()
    except UnicodeDecodeError as fault:
        byte = fault.start - content.rfind(b"\n", 0, fault.start)
        message = f"Byte {byte} of the row is not UTF-8 (byte {fault.start + 1} of the file)."
        return Issue("wrong-encoding", message, file, _row_at(content, fault.start), hint="Save the file as CSV UTF-8.")
    if b'"' not in content and (place := content.replace(b"\r\n", b"\n\n").find(b"\r")) >= 0:
        return _lone_return(_row_at(content, place), file)
    return None


def _row_at(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _lone_return(row: int, file: str) -> Issue:
    message = "A carriage return stands alone, where a line should end with a line feed."
    return Issue("line-ends", message, file, row, hint="Save the file with Unix or Windows line ends.")


def _check_quotes(content: bytes, delimiter: str, file: str) -> tuple[list[int] | None, list[Issue]]:
    """The line that each record starts on; or the fault of the first quote that is not closed where it should be.

    A quote that is never closed would swallow the rows after it without a word, so the file is read once more by a
    strict parser when it holds any quote.
    """
    reader = csv.reader(io.StringIO(content.decode(), newline="\n"), delimiter=delimiter, strict=True)
    starts = [1]
    try:
        for _ in reader:
            starts.append(reader.line_num + 1)
    except csv.Error as fault:
        return None, [_explain_quote(str(fault), starts[-1], file)]
    return starts, []


def _explain_quote(fault: str, row: int, file: str) -> Issue:
    if "field larger" in fault:
        return explain_long_cell(row, file)
    if "new-line character" in fault:
        return _lone_return(row, file)
    message = "A quote that opens in this row is not closed, or text follows where it closes."
    return Issue("unclosed-quote", message, file, row, hint='Write a quote inside a quoted cell twice: "".')


def _read_names(content: bytes, delimiter: str, *, quoted: bool) -> list[str]:
    if quoted:
        return next(csv.reader(io.StringIO(content.decode(), newline="\n"), delimiter=delimiter, strict=True))
    return content.split(b"\n", 1)[0].removesuffix(b"\r").decode().split(delimiter)


def _read_records(
    content: bytes, names: list[str], starts: list[int] | None, *, delimiter: str, file: str
) -> tuple[Grid | None, list[Issue]]:
    ragged: list[Any] = []
    records = _parse(content, len(names), delimiter, ragged)
    if starts and 1 + records.num_rows + len(ragged) != len(starts) - 1:
        return None, [_lone_return(_find_returns(content, starts), file)]
    if ragged:
        return None, _explain_ragged(ragged, starts, file)
    rows = starts[1 : records.num_rows + 1] if starts else range(2, records.num_rows + 2)
    grid = Grid(records.rename_columns(names).to_pandas(), rows)
    issues = check_grid(grid, file)
    return (None if issues else grid), issues


def _find_returns(content: bytes, starts: list[int]) -> int:
    """The line of the first record that ends in several carriage returns, which one parser reads as several rows."""
    lines = content.split(b"\n")
    return next((after - 1 for after in starts[1:] if lines[after - 2].endswith(b"\r\r")), 1)


def _parse(content: bytes, width: int, delimiter: str, ragged: list[Any]) -> pa.Table:
    """Every record after the header as texts. Rows of another width are skipped and added to `ragged`."""

    def skip(row: Any) -> str:
        ragged.append(row)
        return "skip"

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
            invalid_row_handler=skip,
        ),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )


def _explain_ragged(ragged: list[Any], starts: list[int] | None, file: str) -> list[Issue]:
    issues = [
        Issue(
            "ragged-row",
            f"The row has {row.actual_columns} cells, the header {row.expected_columns}.",
            file,
            starts[row.number - 1] if starts else row.number,
            hint="Check for a missing or stray delimiter, or quote the cell that holds it.",
        )
        for row in ragged[:MOST]
    ]
    return [*issues, *count_more("ragged-row", len(ragged) - MOST, file=file)]
