"""Small tables in a folder, the command run on them, and an attacker who tries every table there could be."""

from __future__ import annotations

import contextlib
import csv
import itertools

import numpy as np
from click.testing import CliRunner

from statpress.cli.main import main

NEED = """\
ward,need,freq
W1,care,12
W1,health,3
W1,other,20
W2,care,15
W2,health,9
W2,other,31
W3,care,8
W3,health,14
W3,other,7
"""
WARDS = """\
child,parent
North,All
South,All
W1,North
W2,North
W3,South
"""


def write(folder, **texts):
    """Write `name.csv` for each name."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def protect(folder, *arguments, table="need.csv", out="protected.csv"):
    """The command `protect`, run in `folder` inside this process."""
    with contextlib.chdir(folder):
        return CliRunner().invoke(main, ["protect", table, "--count", "freq", "--out", out, *arguments])


def rows(path):
    """The rows of a protected file, by cell."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file)
    assert header[-2:] == ["value", "status"]
    return {tuple(row[:-2]): (row[-2], row[-1]) for row in found}


def possible(truth, shown, least, most):
    """For each withheld cell all the values it has in some table that looks as this one does.

    `truth` and `shown` map cells (a code a dimension, `*` for all) to counts; `shown` has None where it is withheld.
    Inner cells take every value up to `most`, withheld ones from `least` on.
    """
    inner = [cell for cell in truth if "*" not in cell]
    choices = [range(least, most + 1) if shown[cell] is None else [shown[cell]] for cell in inner]
    tables = np.array(list(itertools.product(*choices)))
    fits = np.ones(len(tables), dtype=bool)
    sums = {}
    for cell in truth:
        parts = [all(c in ("*", p) for c, p in zip(cell, part, strict=True)) for part in inner]
        sums[cell] = tables[:, parts].sum(axis=1)
        fits &= sums[cell] >= least if shown[cell] is None else sums[cell] == shown[cell]
    return {cell: set(sums[cell][fits].tolist()) for cell in truth if shown[cell] is None}
