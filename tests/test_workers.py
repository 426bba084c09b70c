"""Work shared among processes comes to the same as a plain `map`, however those processes end."""

import os
import signal
import subprocess
import sys
from copy import copy
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest

from statpress import workers as module
from statpress.errors import BadSource, StatpressError
from statpress.issue import Issue
from statpress.paths import Project
from statpress.publish.assess import assess
from statpress.workers import ALONE, WORTH, workers

ITEMS = list(range(3 * WORTH))


def double(number):
    sleep(0.01)
    return 2 * number, os.getpid()


def fail_at(places, number):
    if number in places:
        raise BadSource([Issue("bad-cell", f"Item {number} is bad.", "a.csv", number)])
    return number


def die_elsewhere(home, number):
    if os.getpid() != home:
        os._exit(3)
    sleep(0.1)
    return number


def test_answers_come_in_order_and_some_of_them_from_elsewhere():
    with workers(2) as share:
        found = list(share(double, ITEMS))
    assert [answer for answer, _ in found] == [2 * number for number in ITEMS]
    assert {pid for _, pid in found} > {os.getpid()}


def test_with_one_core_all_is_done_here():
    with workers(1) as share:
        assert share is ALONE
        assert {pid for _, pid in share(double, ITEMS)} == {os.getpid()}


def leave(folder, number):
    (folder / str(number)).write_text(str(os.getpid()))


def test_what_is_begun_is_done_elsewhere_and_can_be_waited_for(tmp_path):
    with workers(2) as share:
        share.begin(partial(leave, tmp_path), ITEMS)()
        assert sorted(int(path.name) for path in tmp_path.iterdir()) == ITEMS
    assert str(os.getpid()) not in {path.read_text() for path in tmp_path.iterdir()}


def test_nothing_is_begun_where_there_is_no_other_place(tmp_path):
    ALONE.begin(partial(leave, tmp_path), ITEMS)()
    with workers(2) as share:
        share.begin(partial(leave, tmp_path), ITEMS[:2])()
    assert not list(tmp_path.iterdir())


def test_errors_of_what_is_begun_are_left_for_later():
    with workers(2) as share:
        share.begin(partial(fail_at, (0, 3)), ITEMS)()
        assert list(share(partial(fail_at, ()), ITEMS)) == ITEMS


def test_no_process_is_started_for_a_few_items():
    with workers(2) as share:
        assert {pid for _, pid in share(double, ITEMS[: WORTH - 1])} == {os.getpid()}


@pytest.mark.parametrize("places", [(3, 7), (len(ITEMS) - 2, len(ITEMS) - 1)])
def test_the_first_error_comes_in_its_turn_as_a_map_would_raise_it(places):
    came = []
    with workers(2) as share, pytest.raises(BadSource) as caught:
        for answer in share(partial(fail_at, places), ITEMS):
            came.append(answer)
    assert came == ITEMS[: min(places)]
    assert caught.value.issues[0].row == min(places)


def test_a_process_that_is_killed_costs_no_answer():
    with workers(2) as share:
        assert list(share(partial(die_elsewhere, os.getpid()), ITEMS)) == ITEMS
        assert list(share(partial(fail_at, ()), ITEMS)) == ITEMS


@pytest.mark.parametrize("family", StatpressError.__subclasses__())
def test_errors_keep_their_issues_on_the_way(family):
    error = family([Issue("bad-cell", "A cell is bad.", "a.csv", 3)])
    assert copy(error).issues == error.issues  # as pickle does it


def test_packages_are_the_same_whoever_made_them(project, monkeypatch):
    monkeypatch.setattr(module, "WORTH", 1)
    with workers(2) as share:
        shared = assess(Project(project), share=share)
    alone = assess(Project(project))
    assert (shared.files, shared.issues, shared.proofs) == (alone.files, alone.issues, alone.proofs)


PROGRAM = """
import os, time
from statpress.workers import workers

def wait(number):
    print(os.getpid(), flush=True)
    time.sleep(0.1 if number == 0 else 60)

if __name__ == "__main__":
    with workers(2) as share:
        next(share(wait, range(20)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it looks processes up in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_when_the_first_is_ended(tmp_path, how):
    (tmp_path / "program.py").write_text(PROGRAM)
    run = subprocess.Popen([sys.executable, tmp_path / "program.py"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert run.stdout is not None
    pids = {int(run.stdout.readline()) for _ in range(2)}
    assert len(pids) == 2
    run.send_signal(how)
    run.communicate(timeout=20)
    until = monotonic() + 20
    while any(_is_alive(pid) for pid in pids) and monotonic() < until:
        sleep(0.05)
    assert not any(_is_alive(pid) for pid in pids)


LOCKING = """
import os, time
from multiprocessing import RLock
from statpress.workers import workers

kept = []

def lock(number):
    kept.append(RLock())
    time.sleep(0.2)
    return os.getpid()

if __name__ == "__main__":
    try:
        with workers(2) as share:
            print({next(share(lock, range(20)))} - {os.getpid()} != set())
            raise ValueError
    except ValueError:
        os._exit(0)
"""


def test_nothing_is_said_of_what_was_left_elsewhere_when_work_ends_early(tmp_path):
    (tmp_path / "program.py").write_text(LOCKING)
    program = [sys.executable, "-u", tmp_path / "program.py"]
    done = subprocess.run(program, check=False, capture_output=True, text=True, timeout=300)
    assert (done.stdout, done.stderr) == ("True\n", "")


def _is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_where_no_process_can_be_started_all_is_done_here(monkeypatch):
    def refuse(*_, **__):
        raise OSError("no semaphores here")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    with workers(2) as share:
        share.begin(double, ITEMS)()
        assert {pid for _, pid in share(double, ITEMS)} == {os.getpid()}
