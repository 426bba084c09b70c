"""What readers have besides what is about to be published: other packages of the site, and every earlier release."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from statpress.audit.printed import PrintedTable
from statpress.audit.printed import Quantity as Printed
from statpress.cube import ADDITIVE, ALL
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline
from statpress.disclosure.assemble.public import Public
from statpress.disclosure.assemble.quantity import Quantity
from statpress.packages.read import DESCRIPTOR, read_package
from statpress.paths import Project
from statpress.publish.printed import print_package, print_releases
from statpress.status import WITHHELD


@dataclass(frozen=True)
class Context:
    """The tables that stay public, and the figures that pipelines declare to be public elsewhere."""

    tables: tuple[PrintedTable, ...]
    elsewhere: Mapping[Quantity, float]

    @property
    def withheld(self) -> frozenset[Quantity]:
        """What some release withholds and none shows."""
        hidden: set[Quantity] = set()
        shown: set[Quantity] = set(self.elsewhere)
        for table in self.tables:
            for name, cell in table.quantities():
                if cell.value is not None:
                    shown.add(about(name))
                elif cell.status == WITHHELD and not table.measures[name.measure].unprotected:
                    hidden.add(about(name))
        return frozenset(hidden - shown)

    @property
    def public(self) -> Public:
        """All of it as protection takes it."""
        return Public(self.figures, self.withheld)

    @property
    def figures(self) -> dict[Quantity, frozenset[float]]:
        """The counts and sums of money that readers have, by what they are about; several where one was revised."""
        found: dict[Quantity, set[float]] = {name: {value} for name, value in self.elsewhere.items()}
        for table in self.tables:
            for name, cell in table.quantities():
                if table.measures[name.measure].kind in ADDITIVE and cell.value is not None:
                    found.setdefault(about(name), set()).add(float(cell.value))
        return {quantity: frozenset(values) for quantity, values in found.items()}


def about(name: Printed) -> Quantity:
    """What a printed figure is about, whichever release prints it."""
    return Quantity(name.measure, name.area, name.period, name.groups)


def read_context(project: Project, declared: Declarations, names: Collection[str]) -> Context:
    """Everything in `datapackages/` that stays public when the pipelines `names` are published.

    The release in place of one of them goes if its version is published again, and is an earlier one if not. Raises
    `BadSource` or `FailedCheck` where a package in place cannot be read.
    """
    found: list[PrintedTable] = []
    for folder in sorted(entry.parent for entry in project.packages.glob(f"*/{DESCRIPTOR}")):
        package = read_package(folder, project.relative(folder))
        tables = tuple(print_releases(package))
        if folder.name in names:
            version = declared.pipelines[folder.name].release.version
            tables = tuple(_replaced(tables, version, print_package(package, is_current=False)))
        found += tables
    elsewhere = {_named(known.where, one): known.value for one in declared.pipelines.values() for known in one.known}
    return Context(tuple(found), elsewhere)


def _named(where: Mapping[str, str], pipeline: Pipeline) -> Quantity:
    codes = sorted((name, where[name]) for name in pipeline.dimensions if where.get(name, ALL) != ALL)
    measure = where.get("measure", pipeline.measures[0])
    return Quantity(measure, where.get("area", pipeline.area), where["period"], tuple(codes))


def _replaced(tables: Iterable[PrintedTable], version: str, in_place: PrintedTable | None) -> Iterator[PrintedTable]:
    """The releases that stay when `version` takes the place of the one that is there."""
    yield from (table for table in tables if not table.is_current)
    if in_place is not None and in_place.version != version:
        yield in_place
