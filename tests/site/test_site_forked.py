"""Work in several processes gives what one process gives, in the same order, and raises what one would raise."""

import gc
import multiprocessing
import os

import pytest

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.site.pages import forked
from statpress.site.pages.forked import begin, map_forked


@pytest.fixture(params=[1, 2, 3])
def cores(request, monkeypatch):
    monkeypatch.setattr(forked, "count_cores", lambda: request.param)
    monkeypatch.setattr(forked, "is_alone", lambda: True)
    return request.param


def test_answers_are_in_the_order_of_the_tasks(cores):
    done = []
    answers = map_forked(lambda task: (task, task * task), list(range(20)), done.append)
    assert answers == [(task, task * task) for task in range(20)]
    assert done[-1] == 20


def test_the_work_is_done_in_other_processes(cores):
    processes = set(map_forked(lambda task: os.getpid(), list(range(20)), lambda done: None))
    assert len(processes) == cores
    assert (os.getpid() in processes) == (cores == 1)


def test_what_the_first_faulty_task_raises_is_raised_with_its_issues(cores):
    def work(task):
        if task in (7, 12):
            raise BadSource([Issue("release-unreadable", f"Task {task}.")])
        return task

    with pytest.raises(BadSource) as failed:
        map_forked(work, list(range(20)), lambda done: None)
    assert [issue.message for issue in failed.value.issues] == ["Task 7."]


def test_a_process_that_ends_too_early_is_no_answer(cores):
    if cores > 1:
        with pytest.raises(RuntimeError, match="has ended"):
            map_forked(lambda task: task != 9 or os._exit(1), list(range(20)), lambda done: None)


def test_few_tasks_and_threads_keep_to_one_process(cores, monkeypatch):
    assert map_forked(lambda task: os.getpid(), [1, 2, 3], lambda done: None) == [os.getpid()] * 3
    monkeypatch.setattr(forked, "is_alone", lambda: False)
    assert map_forked(lambda task: os.getpid(), list(range(20)), lambda done: None) == [os.getpid()] * 20


def test_what_is_begun_is_answered_when_it_is_asked_for(cores):
    answer = begin(os.getpid)
    assert answer() == answer()
    assert (answer() == os.getpid()) == (cores == 1)


def test_what_is_begun_and_fails_there_is_done_here(cores):
    here = os.getpid()
    for fail in (lambda: 1 / 0, lambda: os._exit(1)):
        assert begin(lambda fail=fail: 7 if os.getpid() == here else fail())() == 7


def test_an_answer_that_nobody_asks_for_is_forgotten(cores, capfd):
    begin(lambda: b"much" * 1_000_000)
    gc.collect()
    for process in multiprocessing.active_children():
        process.join(10)
        assert process.exitcode == 0
    assert capfd.readouterr().err == ""
