"""Files spoilt at random, byte by byte or inside their XML, are read or refused; nothing else ever happens."""

from __future__ import annotations

import io
import random
import re
import string
import zipfile

import pytest
from books import PLAIN, ods, pack
from test_reading_robustly import CSV, excel

from statpress.tables.reading.form import Form
from statpress.tables.reading.read_grid import read_grid

VALUES = ("", "0", "-1", "1e999", "nan", "999999999999", "true", "A1:", "#N/A", "n", "s", "d", "b", "e", "str")
FILES = {"table.xlsx": excel(rows=PLAIN), "table.ods": ods(PLAIN), "table.csv": CSV.encode()}
ENCODINGS = ("utf-8", "utf-8", "utf-16", "windows-1252", "iso-8859-15")


def spoil_bytes(content: bytes, rng: random.Random) -> bytes:
    place, other = rng.randrange(len(content)), rng.randrange(len(content))
    piece = rng.choice([b"", rng.randbytes(3), content[other : other + 40]])
    return content[:place] + piece + content[place + rng.randrange(3) :]


def spoil_text(content: bytes, rng: random.Random) -> bytes:
    """Another value of an attribute, or another letter or digit."""
    text = content.decode(errors="replace")
    values = list(re.finditer(r'"[^"]*"', text))
    if values and rng.random() < 0.5:
        found = rng.choice(values)
        text = f'{text[: found.start()]}"{rng.choice(VALUES)}"{text[found.end() :]}'
    place = rng.randrange(len(text))
    return (text[:place] + rng.choice(string.printable + "é\u00a0Ж") + text[place + 1 :]).encode()


def spoil(content: bytes, rng: random.Random) -> bytes:
    """The file spoilt as a whole, or, if it is an archive, one of its parts."""
    change = rng.choice([spoil_bytes, spoil_text])
    if not content.startswith(b"PK") or rng.random() < 0.1:
        return change(content, rng)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([name for name in parts if parts[name]])
    return pack(parts | {name: change(parts[name], rng)})


@pytest.mark.parametrize("name", FILES)
def test_a_spoilt_file_is_read_or_refused(name: str) -> None:
    rng = random.Random(name)
    for _ in range(250):
        form = Form(
            sheet=None if name.endswith("csv") else "Data",
            encoding=rng.choice(ENCODINGS),
            percent=rng.random() < 0.5,
            skips_blank=rng.random() < 0.5,
        )
        grid, issues = read_grid(spoil(FILES[name], rng), form, name)
        assert (grid is None) == bool(issues)
        assert all(issue.hint or "more rows" in issue.message for issue in issues)
