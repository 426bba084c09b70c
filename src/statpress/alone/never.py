"""Which cells may not be withheld, from texts such as `ward=W1,sex=Total`; a dimension left out means all its codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from statpress.alone.dimension import Dimension
from statpress.disclosure.grid import Cell
from statpress.issue import Issue, nearest
from statpress.tables.texts import show_text


def read_never(texts: Iterable[str], dimensions: Mapping[str, Dimension]) -> tuple[frozenset[Cell], list[Issue]]:
    """The cells, their codes in the order of `dimensions`; and every fault of the texts."""
    cells: set[Cell] = set()
    issues: list[Issue] = []
    for text in texts:
        chosen, found = _read(text, dimensions)
        issues += found
        if not found:
            codes = [[chosen[name]] if name in chosen else dim.codes for name, dim in dimensions.items()]
            cells |= set(product(*codes))
    return frozenset(cells), issues


def _read(text: str, dimensions: Mapping[str, Dimension]) -> tuple[dict[str, str], list[Issue]]:
    """The chosen code a dimension. A code may hold commas and signs, so the names of dimensions part the text."""
    names = "|".join(re.escape(name) for name in sorted(dimensions, key=len, reverse=True))
    before, *parts = re.split(rf"(?:^|,)({names})=", text)
    if before or not parts:
        message = f"{show_text(text)} does not name cells."
        name = text.partition("=")[0]
        hint = f"Write it as DIMENSION=CODE. {nearest(name[:200], dimensions)}"
        return {}, [Issue("unknown-dimension", message, key="--never", hint=hint)]
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    return dict(pairs), [*_check(pairs, dimensions)]


def _check(pairs: list[tuple[str, str]], dimensions: Mapping[str, Dimension]) -> Iterator[Issue]:
    if len(dict(pairs)) < len(pairs):
        yield Issue("repeated-dimension", "A dimension is named twice.", key="--never", hint="Use the option twice.")
    for name, code in pairs:
        codes = dimensions[name].codes
        if code not in codes:
            message = f"{show_text(name)} has no code {show_text(code)}."
            yield Issue("unknown-code", message, key="--never", hint=nearest(code[:200], codes))
