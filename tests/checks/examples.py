"""Lay an example of the catalogue of rules over the tiny project, and run its command as a user would."""

from __future__ import annotations

import io
import json
import shlex
import zipfile
from textwrap import dedent

from click.testing import CliRunner

from statpress.cli.main import main


def lay(root, changes):
    """Change the files of a project: all of a file, no such file, or texts in it."""
    for path, change in changes.items():
        target = root / path
        if change is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(change, str):
            target.write_text(dedent(change), encoding="utf-8", newline="")
        elif next(iter(change)).startswith("="):
            ((kind, content),) = change.items()
            MAKERS[kind.removeprefix("=")](target, content)
        else:
            edit(target, change)


def edit(target, texts):
    text = target.read_text(encoding="utf-8")
    for old, new in texts.items():
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {target.name}"
        text = text.replace(old, new)
    target.write_text(text, encoding="utf-8", newline="")


def run(root, command):
    """Run a command in a project. Returns its exit code and the issues that it tells."""
    finished = CliRunner().invoke(main, ["--root", str(root), *shlex.split(command), "--json"])
    assert finished.exit_code != 1, finished.output
    answer = json.loads(finished.stdout.splitlines()[-1])
    return finished.exit_code, answer.get("issues", [])


def make_workbook(target, sheets):
    """A workbook of sheets, each a list of rows; `hidden`, `merged`, `formats` and so on say what is odd."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, sheet in sheets.items():
        rows, more = (sheet, {}) if isinstance(sheet, list) else (sheet["rows"], sheet)
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)
        made.sheet_state = "hidden" if more.get("hidden") else "visible"
        for cells in more.get("merged", []):
            made.merge_cells(cells)
        for row in more.get("hidden-rows", []):
            made.row_dimensions[row].hidden = True
        for column in more.get("hidden-columns", []):
            made.column_dimensions[column].hidden = True
        for cell, form in more.get("formats", {}).items():
            made[cell].number_format = form
    book.save(target)


def make_zip(target, parts):
    """A zip archive of texts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    target.write_bytes(data.getvalue())


def make_link(target, to):
    """A link in the place of the file."""
    target.unlink(missing_ok=True)
    target.symlink_to(to)


MAKERS = {
    "latin-1": lambda target, text: target.write_bytes(text.encode("latin-1")),
    "repeat": lambda target, parts: target.write_text("".join(text * int(times) for text, times in parts)),
    "folder": lambda target, _: target.mkdir(),
    "link": make_link,
    "xlsx": make_workbook,
    "zip": make_zip,
}
