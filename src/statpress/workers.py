"""Work that is shared among processes: a `map` whose items may be done elsewhere, at the same time.

What is found does not depend on it. Answers come in the order of the items, and what ends in an error elsewhere is done
again here, in its turn: so errors, too, are those of a plain `map`, and a process that is killed costs only time.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Answer = TypeVar("Answer")
MOST: Final = 4
"""Processes at most, this one among them: each may hold libraries of 250 MB."""
WORTH: Final = 8
"""Items that are worth starting a process for, which takes a second."""


_OBJECTS: Final = 50_000
"""New objects after which Python looks for circles of them that nothing holds any more: 700 where nobody says else."""


class Share(Protocol):
    """A function like `map`. What it is given may be pickled: functions by name, or `partial`s of them."""

    def __call__(self, function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
        """The answer to each item, in their order. Work may begin before the first is asked for."""

    def open(self, modules: Iterable[str], items: int, /) -> None:
        """Start what takes time to start, if so many items are worth it, and import modules there meanwhile."""

    def begin(self, function: Callable[[Item], object], items: Iterable[Item], /) -> Callable[[], None]:
        """Begin what may be wanted later, where nothing waits for it; nothing at all if there is no such place.

        The function that comes back waits until all is done. Errors are left to be met again.
        """


class _Alone:
    """Everything in this process, when it is asked for."""

    def __call__(self, function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
        return map(function, items)

    def open(self, modules: Iterable[str], items: int, /) -> None:
        pass

    def begin(self, function: Callable[[Item], object], items: Iterable[Item], /) -> Callable[[], None]:
        return lambda: None


ALONE: Final[Share] = _Alone()
"""The plain `map`."""


@contextmanager
def workers(cores: int | None = None) -> Iterator[Share]:
    """A `map` that shares work among the cores that this process may use, or `cores`; with one, `ALONE`.

    Processes are started when there is enough to do for the first time, and are gone afterwards, however it ends.
    """
    count = min(cores or count_cores(), MOST) - 1
    if count < 1:
        yield ALONE
        return
    crew = _Crew(count)
    try:
        yield crew
    except BaseException:
        crew.stop()
        raise
    finally:
        crew.end()


def collect_seldom() -> None:
    """Look seldom for circles of objects, of which little is made here: the looking takes a twentieth of the work.

    For processes that end with their work, and not for programs of others.
    """
    gc.set_threshold(_OBJECTS, 20, 20)


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Crew:
    """Processes beside this one, each alive for as long as the other end of a pipe is open here."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __call__(self, function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
        items = list(items)
        if not self._is_worth(items):
            return map(function, items)
        shared = _Shared(partial(self._submit, pickle.dumps(function)), function, items)
        for _ in range(self._count + 1):
            shared.feed()
        return shared.gather()

    def open(self, modules: Iterable[str], items: int, /) -> None:
        if items >= WORTH:
            with suppress(RuntimeError, OSError):  # there can be none
                for _ in range(self._count):
                    self._submit(pickle.dumps(_import), tuple(modules))

    def begin(self, function: Callable[[Item], object], items: Iterable[Item], /) -> Callable[[], None]:
        items = list(items)
        if not self._is_worth(items):
            return lambda: None
        shared = _Shared(partial(self._submit, pickle.dumps(function)), function, items)
        shared.feed()
        return shared.wait

    def stop(self) -> None:
        if self._is_open:
            self._pipe[1].close()

    def end(self) -> None:
        if self._is_open:
            self._pool.shutdown(cancel_futures=True)

    @property
    def _is_open(self) -> bool:
        return "_pool" in vars(self)

    def _is_worth(self, items: Sequence[object]) -> bool:
        return len(items) >= (2 if self._is_open else WORTH)

    def _submit(self, content: bytes, item: object) -> Future[Any]:
        return self._pool.submit(_apply, content, item)

    @cached_property
    def _pipe(self) -> tuple[Connection, Connection]:
        from multiprocessing import Pipe

        return Pipe(duplex=False)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(self._count, get_context("spawn"), _begin, (self._pipe[0],))


class _Shared(Generic[Item, Answer]):
    """Items that are taken from the front by other processes, one after another, and from the end by this one."""

    def __init__(
        self, submit: Callable[[Item], Future[Answer]], function: Callable[[Item], Answer], items: Sequence[Item]
    ) -> None:
        self._submit, self._function, self._items = submit, function, items
        self._left = deque(range(len(items)))
        self._futures: dict[int, Future[Answer]] = {}
        self._answers: dict[int, Answer] = {}

    def feed(self, before: Future[Answer] | None = None) -> None:
        """Give the next item to the other processes; if they are gone, or there can be none, it is left for here."""
        from concurrent.futures import BrokenExecutor

        if before is not None and (before.cancelled() or isinstance(before.exception(), BrokenExecutor)):
            return
        with suppress(IndexError, RuntimeError, OSError):
            place = self._left.popleft()
            self._futures[place] = self._submit(self._items[place])
            self._futures[place].add_done_callback(self.feed)

    def gather(self) -> Iterator[Answer]:
        """The answers in order. While one is waited for, others are found here."""
        for place, item in enumerate(self._items):
            while self._left and place not in self._answers and not self._is_done(place):
                self._take()
            if place in self._futures:
                with suppress(Exception):  # it is met again here, where it is not hidden
                    self._answers[place] = self._futures[place].result()
            yield self._answers.pop(place) if place in self._answers else self._function(item)

    def wait(self) -> None:
        """Leave what is left to the other processes, and wait for them."""
        while self._left:
            self.feed()
        for future in list(self._futures.values()):
            with suppress(Exception):  # it is left to be met again
                future.result()

    def _is_done(self, place: int) -> bool:
        return place in self._futures and self._futures[place].done()

    def _take(self) -> None:
        with suppress(Exception):  # none is left; or it is met again in its turn
            place = self._left.pop()
            self._answers[place] = self._function(self._items[place])


def _begin(alive: Connection) -> None:
    """End with Ctrl-C without a word, and as soon as the process that has the work to share is gone."""
    from multiprocessing import set_start_method
    from threading import Thread

    collect_seldom()
    set_start_method(None, force=True)  # as in the first process: some libraries make locks, which are left behind else
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: Connection) -> None:
    with suppress(EOFError, OSError):
        alive.recv_bytes()
    os._exit(0)


def _apply(content: bytes, item: Any) -> Any:
    return _load(content)(item)


def _import(modules: Iterable[str]) -> None:
    for name in modules:
        import_module(name)


@lru_cache(maxsize=2)
def _load(content: bytes) -> Callable[[Any], Any]:
    """A function with all that it knows, taken apart once for all items."""
    function: Callable[[Any], Any] = pickle.loads(content)  # noqa: S301 - from the process that started this one
    return function
