"""The codes of one dimension: with one hierarchy or several ways to group the same codes, or flat under a total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from statpress.alone.codes import sort_key
from statpress.alone.request import Source
from statpress.alone.tree import CHILD, PARENT, Tree, read_tree
from statpress.disclosure.grid import Hierarchy
from statpress.issue import Issue
from statpress.tables.texts import show_text


@dataclass(frozen=True)
class Dimension:
    """The codes of one column. `trees` are the ways to group them; `declared` where files say so."""

    trees: tuple[Tree, ...]
    declared: bool = True

    @property
    def top(self) -> str:
        """The code of the whole."""
        return self.trees[0].top

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code once, as they are printed: by the first tree, then what only the others have."""
        return tuple(dict.fromkeys(code for tree in self.trees for code in tree.in_order()))

    @property
    def leaves(self) -> frozenset[str]:
        """The codes without parts."""
        return self.trees[0].leaves()[self.top]

    def hierarchy(self) -> Hierarchy:
        """The same for the grid, in an order that does not depend on that of the files."""
        first, *others = sorted(
            ({code: tree.parents[code] for code in sorted(tree.parents)} for tree in self.trees), key=_pairs
        )
        return Hierarchy(first, self.top, tuple(others))


def _pairs(tree: dict[str, str]) -> list[tuple[str, str]]:
    return list(tree.items())


def make_flat(codes: Iterable[str], total: str) -> Dimension:
    """Codes that have nothing above them but their total. They are sorted: their order in a table could tell sizes."""
    return Dimension((Tree(dict.fromkeys(sorted(set(codes) - {total}, key=sort_key), total), total),), declared=False)


def read_dimension(sources: Sequence[Source]) -> tuple[Dimension | None, list[Issue]]:
    """The dimension of its hierarchies, which share their top and their codes without parts; or every fault."""
    read = [read_tree(source) for source in sources]
    issues = [issue for _, found in read for issue in found]
    trees = [tree for tree, _ in read if tree is not None]
    issues += [issue for place, tree in enumerate(trees) for issue in _check_others(trees[:place], tree)]
    return (None if issues else Dimension(tuple(trees))), issues


def _check_others(before: Sequence[Tree], tree: Tree) -> Iterator[Issue]:
    """Whether a tree agrees with those before it."""
    if not before:
        return
    first = before[0]
    if tree.top != first.top:
        message = f"The top is {show_text(tree.top)}, but {show_text(first.top)} in {first.file}."
        yield Issue(
            "other-top", message, tree.file, column=PARENT, hint="Ways to group the same codes share their top."
        )
        return
    mine, theirs = tree.leaves(), first.leaves()
    if differing := sorted(mine[tree.top] ^ theirs[first.top], key=sort_key):
        message = f"{show_text(differing[0])} is a code without parts here or in {first.file}, but not in both."
        more = f" So are {len(differing) - 1} more." if len(differing) > 1 else ""
        hint = "Ways to group the same codes have the same codes without parts."
        yield Issue("other-codes", message + more, tree.file, column=CHILD, hint=hint)
        return
    yield from _check_meanings(before, tree)


def _check_meanings(before: Sequence[Tree], tree: Tree) -> Iterator[Issue]:
    """A code that two trees group has the same parts of parts in both."""
    mine = tree.leaves()
    for other in before:
        theirs = other.leaves()
        for code in sorted(mine.keys() & theirs.keys()):
            if mine[code] != theirs[code]:
                message = f"{show_text(code)} is made of other codes than in {other.file}."
                hint = "Give one of the two another code."
                yield Issue("two-meanings", message, tree.file, column=PARENT, hint=hint)
