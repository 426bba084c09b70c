"""Progress bars on a terminal; a quiet log otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

_PAUSE: Final = 0.1
"""Seconds between two looks at the bar."""


@contextmanager
def steps(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A function to tell of each step: what, how many are done, how many there are.

    The bar is drawn as steps are told, by no thread of its own: a process with threads could make no copies of itself
    to share its work.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task, drawn = progress.add_task("", total=None), 0.0

        def on_step(what: str, done: int, total: int) -> None:
            nonlocal drawn
            progress.update(task, description=what, completed=done, total=total)
            if monotonic() - drawn > _PAUSE:
                progress.refresh()
                drawn = monotonic()

        yield on_step
