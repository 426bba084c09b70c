"""Work that is shared among processes: a `map` whose items may be done elsewhere, at the same time.

What is found does not depend on it. Answers come in the order of the items, and what ends in an error elsewhere is done
again here, in its turn: so errors, too, are those of a plain `map`, and a process that is killed costs only time.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Answer = TypeVar("Answer")
MOST: Final = 4
"""Processes at most, this one among them: each may hold libraries of 250 MB."""
WORTH: Final = 8
"""Items that are worth starting a process for, which takes a second."""


class Share(Protocol):
    """A function like `map`. What it is given may be pickled: functions by name, or `partial`s of them."""

    def __call__(self, function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
        """The answer to each item, in their order. Work may begin before the first is asked for."""


@contextmanager
def workers(cores: int | None = None) -> Iterator[Share]:
    """A `map` that shares work among the cores that this process may use, or `cores`; with one, the plain `map`.

    Processes are started when there is enough to do for the first time, and are gone afterwards, however it ends.
    """
    count = min(cores or _count_cores(), MOST) - 1
    if count < 1:
        yield map
        return
    crew = _Crew(count)
    try:
        yield crew.share
    except BaseException:
        crew.stop()
        raise
    finally:
        crew.end()


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Crew:
    """Processes beside this one, each alive for as long as the other end of a pipe is open here."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._is_open = False

    def share(self, function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
        items = list(items)
        if len(items) < (2 if self._is_open else WORTH):
            return map(function, items)
        self._is_open = True
        content = pickle.dumps(function)
        return _gather([self._pool.submit(_apply, content, item) for item in items], function, items)

    def stop(self) -> None:
        if self._is_open:
            self._pipe[1].close()

    def end(self) -> None:
        if self._is_open:
            self._pool.shutdown(cancel_futures=True)

    @cached_property
    def _pipe(self) -> tuple[Connection, Connection]:
        from multiprocessing import Pipe

        return Pipe(duplex=False)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(self._count, get_context("spawn"), _begin, (self._pipe[0],))


def _gather(
    futures: Sequence[Future[Answer]], function: Callable[[Item], Answer], items: Sequence[Item]
) -> Iterator[Answer]:
    """The answers in order. While one is waited for, what nobody has begun yet is done here, from the end."""
    answers: dict[int, Answer] = {}
    left = list(range(len(items)))
    for place, future in enumerate(futures):
        while left and not future.done():
            last = left.pop()
            if futures[last].cancel():
                with suppress(Exception):  # it is met again in its turn
                    answers[last] = function(items[last])
        if not future.cancelled():
            with suppress(Exception):  # as above
                answers[place] = future.result()
        yield answers.pop(place) if place in answers else function(items[place])


def _begin(alive: Connection) -> None:
    """End with Ctrl-C without a word, and as soon as the process that has the work to share is gone."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: Connection) -> None:
    with suppress(EOFError, OSError):
        alive.recv_bytes()
    os._exit(0)


def _apply(content: bytes, item: Any) -> Any:
    return _load(content)(item)


@lru_cache(maxsize=2)
def _load(content: bytes) -> Callable[[Any], Any]:
    """A function with all that it knows, taken apart once for all items."""
    function: Callable[[Any], Any] = pickle.loads(content)  # noqa: S301 - from the process that started this one
    return function
