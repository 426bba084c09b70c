"""Check that what a dashboard names exists: measures, dimensions and categories."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from statpress.declare.document import Document, Key
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline
from statpress.issue import Issue, nearest


def check_dashboard(declared: Declarations, pipeline: Pipeline, file: Document) -> Iterator[Issue]:
    """Every name in the dashboard of a pipeline that nothing has."""
    dashboard = pipeline.dashboard
    if dashboard is None:
        return
    yield from _known(file, ("dashboard", "measure"), dashboard.measure, pipeline.measures, "measure")
    yield from _known(file, ("dashboard", "by"), dashboard.by, pipeline.dimensions, "dimension")
    for code in _list_leaves(declared, dashboard.by):
        measure = code.split(".", maxsplit=1)[0]
        yield from _known(file, ("dashboard", "by"), measure, pipeline.measures, "measure")
    for index, tally in enumerate(dashboard.tallies):
        key = ("dashboard", "tallies", index)
        yield from _known(file, (*key, "measure"), tally.measure, pipeline.measures, "measure")
        yield from _known(file, (*key, "by"), tally.by, pipeline.dimensions, "dimension")
        dimension = declared.dimensions.get(tally.by)
        for code in tally.counts if dimension else ():
            yield from _known(file, (*key, "counts", code), code, dimension.categories if dimension else (), "category")


def _list_leaves(declared: Declarations, name: str) -> list[str]:
    """The categories of a dimension that are no themes of others."""
    dimension = declared.dimensions.get(name)
    categories = dimension.categories if dimension else {}
    themes = {category.parent for category in categories.values()}
    return [code for code in categories if code not in themes]


def _known(file: Document, key: Key, name: str, names: Collection[str], what: str) -> Iterator[Issue]:
    if name not in names:
        yield file.issue(f"unknown-{what}", f"There is no {what} `{name}` here.", key, nearest(name, names))
