"""One published package in memory: what its descriptor says, its files, and its cube of figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from statpress.packages.descriptor import Descriptor, Measure, ResourceEntry, Statpress


@dataclass(frozen=True)
class DataFile:
    """One file on disk. `path` is as the package names it; `rows` is None when it is not a text table."""

    path: str
    file: Path
    bytes: int
    sha256: str
    rows: int | None


@dataclass(frozen=True)
class Resource:
    """What the descriptor says of one resource, and its files."""

    name: str
    entry: ResourceEntry
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class Area:
    """A place. `parent` is the code of the place that it lies in, or empty."""

    code: str
    name: str
    kind: str
    parent: str


@dataclass(frozen=True)
class Period:
    """A time. `start` and `end` are ISO dates, both included, or empty."""

    code: str
    label: str
    kind: str
    start: str
    end: str


@dataclass(frozen=True)
class Code:
    """One group of a dimension."""

    code: str
    label: str
    parent: str
    order: int


@dataclass(frozen=True)
class Dimension:
    """One way in which figures are broken down, with its groups in order."""

    id: str
    title: str
    adds_up: bool
    codes: dict[str, Code]


@dataclass(frozen=True)
class StatusWords:
    """A status as the package explains it."""

    code: str
    mark: str
    title: str
    meaning: str


@dataclass(frozen=True)
class Observation:
    """One figure. `codes` holds one code for each dimension of the package, in its order."""

    measure: str
    area: str
    period: str
    codes: tuple[str, ...]
    value: Decimal | None
    status: str
    note: str


@dataclass(frozen=True)
class Extent:
    """How many figures there are of a measure, and how many of them are shown, and withheld."""

    figures: int
    shown: int
    withheld: int


@dataclass(frozen=True)
class Cube:
    """The figures of a package and the code lists for what they are about.

    `extents` names each measure that has figures. The figures themselves are read when they are asked for.
    """

    measures: dict[str, Measure]
    areas: dict[str, Area]
    periods: dict[str, Period]
    statuses: dict[str, StatusWords]
    dimensions: tuple[Dimension, ...]
    extents: dict[str, Extent]
    read: Callable[[], tuple[Observation, ...]] = field(repr=False, compare=False)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """Every figure, in the order of the file."""
        return self.read()

    @cached_property
    def by_measure(self) -> dict[str, list[Observation]]:
        """The figures of each measure that has any."""
        found: dict[str, list[Observation]] = {measure: [] for measure in self.extents}
        for observation in self.observations:
            found[observation.measure].append(observation)
        return found


@dataclass(frozen=True)
class Package:
    """A published package. `id` is the name of its folder; `cube` is None for packages of other software."""

    id: str
    folder: Path
    descriptor: Descriptor
    resources: tuple[Resource, ...]
    earlier: dict[str, DataFile]
    readme: Path | None
    cube: Cube | None
    digest: str
    """The sum of its descriptor and of the files of its resources."""

    @property
    def title(self) -> str:
        """The title, or what comes nearest to one."""
        return self.descriptor.title or self.descriptor.name or self.id

    @property
    def version(self) -> str:
        """The version of this release, or empty."""
        return self.descriptor.version or (self.words.release.version if self.words else "")

    @property
    def released(self) -> str:
        """The ISO date of this release, or empty."""
        date = self.words.release.date if self.words else ""
        return date or self.descriptor.created[:10]

    @property
    def words(self) -> Statpress | None:
        """What only statpress packages say."""
        return self.descriptor.statpress
