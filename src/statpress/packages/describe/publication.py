"""Everything that one release of a package says, before it is put into files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SourceFact:
    """What may be told of one source file. `hash` is keyed, or None where the project has no key."""

    hash: str | None
    rows: int


@dataclass(frozen=True)
class Ledger:
    """What became of the rows of the sources, in numbers of rows."""

    published: int
    withheld: int
    left_out: Mapping[str, int]

    @property
    def source_rows(self) -> int:
        """All rows of all sources."""
        return self.published + self.withheld + sum(self.left_out.values())


@dataclass(frozen=True)
class EarlierRelease:
    """A release that can still be downloaded."""

    version: str
    date: str
    path: str
    bytes: int
    hash: str


@dataclass(frozen=True)
class KnownFault:
    """A known fault of a source that readers are told of, and the measures that it is about."""

    id: str
    text: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """One release: its name, its declaration, its safe observations (columns as in the package) and its facts."""

    name: str
    pipeline: Pipeline
    declared: Declarations
    observations: pd.DataFrame
    periods: pd.DataFrame
    sources: tuple[SourceFact, ...]
    """One a table of the pipeline, in its order."""
    ledger: Ledger
    measure_sources: Mapping[str, tuple[int, ...]]
    """Measure to the tables that its figures come from."""
    known_faults: tuple[KnownFault, ...] = ()
    earlier: tuple[EarlierRelease, ...] = ()
    proof: Mapping[str, Any] | None = None
    """What the package says of the proof that it is safe; None before it has been attacked."""
    changes: Mapping[str, Any] | None = None
    """What the package says of what changed since the last release; None in the first."""
    quality: Sequence[Mapping[str, str]] = ()
    """What the package says of how it was checked: each check with `id`, `title`, `result` and maybe `reason`."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the package, in the order of its columns."""
        return tuple(self.pipeline.dimensions)
