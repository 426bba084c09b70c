"""Work on many things at once, in processes that start as copies of this one, so that nothing has to be read again.

The answers are in the order of the tasks, whatever finishes first, so that a site has the same bytes
as from one process.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from statpress.workers import count_cores

T = TypeVar("T")
R = TypeVar("R")

FEWEST: Final = 8
"""With fewer tasks than these, to start processes takes longer than it saves."""


def map_forked(work: Callable[[T], R], tasks: Sequence[T], on_done: Callable[[int], None]) -> list[R]:
    """`work` on every task. `on_done` is told how many are done. Raises what the work on the first faulty task raised.

    A process is given its next task when it has answered the one before. It is all done in one process where there are
    few tasks, one core, or threads, which a copy of a process would not have.
    """
    count = min(count_cores(), len(tasks) // (FEWEST // 2))
    if count < 2 or not is_alone():
        return [_tell(work(task), number, on_done) for number, task in enumerate(tasks, start=1)]
    left = iter(range(len(tasks)))
    found: dict[int, Any] = {}
    faults: dict[int, BaseException] = {}
    pipes = dict(_start(work, tasks) for _ in range(count))
    for pipe in pipes:
        pipe.send(next(left, None))
    while pipes:
        for pipe in wait(list(pipes)):
            _hear(pipe, pipes, found, faults, left)
            on_done(len(found))
    if faults or len(found) < len(tasks):
        raise faults[min(faults)] if faults else RuntimeError("a process that made pages has ended")
    return [found[number] for number in range(len(tasks))]


def begin(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work in a copy of this process. What comes back waits for the answer, or works here where it has none."""
    if count_cores() < 2 or not is_alone():
        return cache(work)
    pipe, process = _start(lambda _: work(), [None])
    pipe.send(0)

    def wait() -> R:
        try:
            _, answer, fault = pipe.recv()
            pipe.send(None)
        except (EOFError, ConnectionError):
            return work()
        process.join()
        return cast("R", answer) if fault is None else work()

    return cache(wait)


def is_alone() -> bool:
    """Whether this process has one thread, also of those that libraries start, as far as the system tells."""
    threads = Path("/proc/self/task")
    return threads.is_dir() and len(list(threads.iterdir())) == 1


def _tell(answer: R, number: int, on_done: Callable[[int], None]) -> R:
    on_done(number)
    return answer


def _start(work: Callable[[Any], Any], tasks: Sequence[Any]) -> tuple[Any, Any]:
    """The pipe to a new process, and the process."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_answer, args=(work, tasks, here, there), daemon=True)
    process.start()
    there.close()
    return here, process


def _answer(work: Callable[[Any], Any], tasks: Sequence[Any], there: Connection, pipe: Connection) -> None:
    """In a copy of the process: work on each task whose number is heard, and send the answer, or what was raised."""
    there.close()  # so that it is told when the other end is gone
    with suppress(EOFError, ConnectionError):
        for number in iter(pipe.recv, None):
            try:
                pipe.send((number, work(tasks[number]), None))
            except Exception as fault:  # it is raised where the answer is heard
                pipe.send((number, None, fault))
    pipe.close()


def _hear(
    pipe: Any, pipes: dict[Any, Any], found: dict[int, Any], faults: dict[int, BaseException], left: Iterator[int]
) -> None:
    try:
        number, answer, fault = pipe.recv()
        pipe.send(next(left, None))
    except (EOFError, ConnectionError):
        pipes.pop(pipe).join()
        return
    if fault is None:
        found[number] = answer
    else:
        faults[number] = fault
