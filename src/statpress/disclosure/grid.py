"""A whole table from its inner cells: every cell of every level of every hierarchy, and what adds up to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

TOTAL = "Total"
Cell = tuple[str, ...]
"""One code a dimension."""


@dataclass(frozen=True)
class Hierarchy:
    """The codes of one dimension, each with its parent; the top has none."""

    parents: Mapping[str, str]
    top: str = TOTAL

    def above(self, code: str) -> Iterator[str]:
        """The code itself and all that it is part of, up to the top."""
        yield code
        while code != self.top:
            code = self.parents[code]
            yield code

    def children(self) -> dict[str, list[str]]:
        """Each code that has parts, with them, in order."""
        found: dict[str, list[str]] = {}
        for code, parent in self.parents.items():
            found.setdefault(parent, []).append(code)
        return found


@dataclass(frozen=True)
class Grid:
    """All cells with their counts, and the sums: a whole with the parts that add up to it."""

    counts: Mapping[Cell, int]
    sums: tuple[tuple[Cell, tuple[Cell, ...]], ...]


def fill_grid(inner: Mapping[Cell, int], hierarchies: Sequence[Hierarchy]) -> Grid:
    """The grid of the counts of inner cells (codes without parts); a combination that is not there counts 0."""
    codes = [[*hierarchy.parents, hierarchy.top] for hierarchy in hierarchies]
    counts = dict.fromkeys(product(*codes), 0)
    for cell, count in inner.items():
        for above in product(*(hierarchy.above(code) for hierarchy, code in zip(hierarchies, cell, strict=True))):
            counts[above] += count
    return Grid(counts, tuple(_sums(codes, hierarchies)))


def _sums(codes: Sequence[Sequence[str]], hierarchies: Sequence[Hierarchy]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    for place, hierarchy in enumerate(hierarchies):
        for others in product(*codes[:place], *codes[place + 1 :]):
            before, after = others[:place], others[place:]
            for whole, parts in hierarchy.children().items():
                yield (*before, whole, *after), tuple((*before, part, *after) for part in parts)
