"""What the last build made of each unit, so that a unit that stayed as it was is not made again.

The record holds addresses, titles and the state of files, and no figure. A unit is taken as it was only if nothing
that it is made of has changed, and each of its files lies in the site as the last build left it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from statpress.site.pages.desk import walk
from statpress.site.pages.downloads import Member
from statpress.site.pages.page import Asset, Page, Placed, Section
from statpress.site.pages.units import Made, Products, Unit

_FORM: Final = "statpress 2"


@dataclass(frozen=True)
class Kept:
    """One unit: the sum of all that it was made of, and as JSON its products, and the state of their files."""

    made_of: str
    told: str
    states: str


@dataclass(frozen=True)
class Record:
    """The last build: each unit by name, and the sums of the frames that pages were put into."""

    units: Mapping[str, Kept] = field(default_factory=dict)
    frames: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Last:
    """What there is of the last build: what is known of units that lie in the site as they were left, and all files.

    `sizes` has each file of the site by its path.
    """

    record: Record
    sizes: Mapping[str, int]


def look_back(path: Path, site: Path) -> Last:
    """What there is of the last build, whose record is at `path`."""
    found = [(name, entry.stat(follow_symlinks=False)) for name, entry in walk(site)]
    states = {_write_state(name, state) for name, state in found}
    record = read_record(path)
    intact = {name: kept for name, kept in record.units.items() if _is_intact(kept, states)}
    return Last(replace(record, units=intact), {name: state.st_size for name, state in found})


def find_kept(last: Last, site: Path, unit: Unit) -> Products | None:
    """The products of the last build, if they were made of the same."""
    kept = last.record.units.get(unit.name)
    if kept is None or kept.made_of != unit.made_of:
        return None
    try:
        return _load(json.loads(kept.told), Placed(site))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_units(before: Record, made: Sequence[Made], framed: Mapping[str, str], site: Path) -> dict[str, Kept]:
    """What is to be known of each unit all of whose pages are in frames (address to file).

    What is kept from `before` is known already.
    """
    return {
        one.unit.name: before.units[one.unit.name] if one.kept else _keep(one, framed, site)
        for one in made
        if all(page.path in framed for page in one.products.pages)
    }


def _keep(made: Made, framed: Mapping[str, str], site: Path) -> Kept:
    products = made.products
    paths = [*(asset.path for asset in products.assets), *(framed[page.path] for page in products.pages)]
    states = [_read_state(site, path) for path in paths]
    return Kept(made.unit.made_of, _write(_dump(products)), _write(states))


def _is_intact(kept: Kept, states: Collection[str]) -> bool:
    try:
        return all(state in states for state in json.loads(kept.states))
    except (ValueError, TypeError):
        return False


def _read_state(site: Path, path: str) -> str:
    """A file of the site by its path, with its size and when it was written."""
    try:
        return _write_state(path, os.lstat(f"{site}/{path}"))
    except OSError:
        return f"{path} is not there"


def _write_state(path: str, found: os.stat_result) -> str:
    return f"{path} {found.st_size} {found.st_mtime_ns}"


def _write(content: object) -> str:
    return json.dumps(content, separators=(",", ":"))


def read_record(path: Path) -> Record:
    """The record of the last build, or an empty one when there is none that can be read."""
    try:
        (form, frames), *rows = (line.split("\t") for line in path.read_text("utf-8").split("\n"))
        units = {json.loads(name): Kept(*parts) for name, *parts in rows}
        return Record(units, dict(json.loads(frames))) if form == _FORM else Record()
    except (OSError, ValueError, KeyError, TypeError):
        return Record()


def write_record(path: Path, record: Record) -> None:
    """Write the record: what it is and the frames in one line, and then one line a unit."""
    units = ((json.dumps(name), *astuple(kept)) for name, kept in record.units.items())
    lines = ["\t".join(row) for row in ((_FORM, json.dumps(dict(record.frames))), *units)]
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text("\n".join(lines), "utf-8")
    fresh.replace(path)


def _dump(products: Products) -> dict[str, Any]:
    return {
        "pages": [
            [page.path, page.title, page.description, [[part.id, part.title] for part in page.sections], page.kind]
            for page in products.pages
        ],
        "assets": [asset.path for asset in products.assets],
        "members": [[member.path, member.checksum, member.asset.path] for member in products.members],
        "charts": products.charts,
        "entries": products.entries,
    }


def _load(told: dict[str, Any], placed: Placed) -> Products:
    return Products(
        tuple(
            Page(path, title, description, "", tuple(Section(*part) for part in sections), kind, kept=True)
            for path, title, description, sections, kind in told["pages"]
        ),
        tuple(Asset(path, placed) for path in told["assets"]),
        tuple(Member(path, checksum, Asset(place, placed)) for path, checksum, place in told["members"]),
        told["charts"],
        tuple(told["entries"]),
    )
