"""The data files of a package: the observations and their code lists, sorted, as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from statpress.cube import ALL, NOTE, STATUS, VALUE, key_columns
from statpress.packages.describe.publication import Publication
from statpress.packages.describe.schemas import CODE_LISTS, DIMENSION_FIELDS
from statpress.status import STATUSES

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]


def render_tables(publication: Publication) -> dict[str, bytes]:
    """Resource name to CSV: `observations` first, then the code lists, then one code list a dimension."""
    lists: dict[str, tuple[list[str], Iterable[Row]]] = {
        "observations": (observation_columns(publication), _observations(publication)),
        "measures": (_columns("measures"), _measures(publication)),
        "areas": (_columns("areas"), _areas(publication)),
        "periods": (_columns("periods"), _records(publication.periods)),
        "statuses": (_columns("statuses"), _statuses()),
    }
    names = [field.name for field in DIMENSION_FIELDS]
    return {name: _csv(columns, rows) for name, (columns, rows) in lists.items()} | {
        dimension: _csv(names, _categories(publication, dimension)) for dimension in publication.dimensions
    }


def observation_columns(publication: Publication) -> list[str]:
    """The columns of `observations.csv`."""
    return [*key_columns(publication.dimensions), VALUE, STATUS, NOTE]


def _columns(name: str) -> list[str]:
    return [field.name for field in CODE_LISTS[name]]


def _csv(columns: list[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({column: "" if row[column] is None else row[column] for column in columns} for row in rows)
    return text.getvalue().encode()


def _observations(publication: Publication) -> Iterator[Row]:
    """Rows in the order of their keys: measures as declared, the rest by code."""
    keys = key_columns(publication.dimensions)
    order = {measure: index for index, measure in enumerate(publication.pipeline.measures)}
    for row in sorted(
        _records(publication.observations), key=lambda row: (order[row["measure"]], *(row[key] for key in keys))
    ):
        decimals = publication.declared.measures[row["measure"]].decimals
        yield {**row, VALUE: _number(row[VALUE], decimals)}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _number(value: float, decimals: int) -> str:
    text = "" if math.isnan(value) else f"{value:.{decimals}f}"
    return text.removeprefix("-") if text and float(text) == 0 else text


def _measures(publication: Publication) -> Iterator[Row]:
    for name in publication.pipeline.measures:
        measure = publication.declared.measures[name]
        facts = measure.model_dump()
        parts = {part: facts[part] if facts[part] in publication.pipeline.measures else None for part in _PARTS}
        at = measure.denominator_at if measure.denominator else None
        yield {"measure": name, **facts, **parts, "denominator_at": at}


_PARTS = ("numerator", "denominator", "change_of")


def _areas(publication: Publication) -> Iterator[Row]:
    """The areas of the observations, and every area above them."""
    wanted = set(publication.observations["area"]) | {publication.pipeline.area}
    for code in list(wanted):
        parent = publication.declared.areas[code].parent
        while parent is not None:
            wanted.add(parent)
            parent = publication.declared.areas[parent].parent
    for code in sorted(wanted):
        area = publication.declared.areas[code]
        yield {"area": code, "name": area.name, "kind": area.kind, "parent": area.parent}


def _statuses() -> Iterator[Row]:
    for status in STATUSES.values():
        yield {"status": status.code, "mark": status.mark, "title": status.title, "meaning": status.meaning}


def _categories(publication: Publication, dimension: str) -> Iterator[Row]:
    yield {"code": ALL, "label": "All", "parent": None, "order": 0}
    for order, (code, category) in enumerate(publication.declared.dimensions[dimension].categories.items(), start=1):
        yield {"code": code, "label": category.label, "parent": category.parent, "order": order}
