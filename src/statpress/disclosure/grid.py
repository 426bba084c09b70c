"""A whole table from its inner cells: every cell of every level of every hierarchy, and what adds up to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

TOTAL = "Total"
_Number = TypeVar("_Number", int, float)
Cell = tuple[str, ...]
"""One code a dimension."""


@dataclass(frozen=True)
class Hierarchy:
    """The codes of one dimension, each with its parent; the top has none.

    `also` are other ways to group the same codes without parts, under the same top.
    """

    parents: Mapping[str, str]
    top: str = TOTAL
    also: tuple[Mapping[str, str], ...] = ()

    @property
    def trees(self) -> tuple[Mapping[str, str], ...]:
        """All the ways to group."""
        return (self.parents, *self.also)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code once; the top is the last."""
        return (*dict.fromkeys(code for tree in self.trees for code in tree), self.top)

    def above(self, code: str) -> tuple[str, ...]:
        """The code itself and all that it is part of, each once; the top is the last."""
        found = {code: True}
        for tree in self.trees:
            part = code
            while part in tree:
                part = tree[part]
                found[part] = True
        found.pop(self.top)
        return (*found, self.top)

    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each whole with the parts that add up to it, once for each way to divide it."""
        found: dict[tuple[str, tuple[str, ...]], bool] = {}
        for tree in self.trees:
            parts: dict[str, list[str]] = {}
            for code, parent in tree.items():
                parts.setdefault(parent, []).append(code)
            found |= {(whole, tuple(codes)): True for whole, codes in parts.items()}
        return tuple(found)


@dataclass(frozen=True)
class Grid:
    """All cells with their counts, and the sums: a whole with the parts that add up to it."""

    counts: Mapping[Cell, int]
    sums: tuple[tuple[Cell, tuple[Cell, ...]], ...]


def fill_grid(inner: Mapping[Cell, int], hierarchies: Sequence[Hierarchy]) -> Grid:
    """The grid of the counts of inner cells (codes without parts); a combination that is not there counts 0."""
    codes = [hierarchy.codes for hierarchy in hierarchies]
    counts = dict.fromkeys(product(*codes), 0)
    return Grid(counts | add_up(inner, hierarchies), tuple(_sums(codes, hierarchies)))


def add_up(inner: Mapping[Cell, _Number], hierarchies: Sequence[Hierarchy]) -> dict[Cell, _Number]:
    """Each inner cell, and each cell that has any of them in it with their sum."""
    above = [{code: hierarchy.above(code) for code in hierarchy.codes} for hierarchy in hierarchies]
    sums: dict[Cell, _Number] = {}
    for cell, number in inner.items():
        for whole in product(*(wholes[code] for wholes, code in zip(above, cell, strict=True))):
            sums[whole] = sums[whole] + number if whole in sums else number
    return sums


def _sums(codes: Sequence[Sequence[str]], hierarchies: Sequence[Hierarchy]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    for place, hierarchy in enumerate(hierarchies):
        groups = hierarchy.groups()
        for others in product(*codes[:place], *codes[place + 1 :]):
            before, after = others[:place], others[place:]
            for whole, parts in groups:
                yield (*before, whole, *after), tuple((*before, part, *after) for part in parts)
