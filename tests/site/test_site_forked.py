"""Work in several processes gives what one process gives, in the same order, and raises what one would raise."""

import os

import pytest

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.site.pages import forked
from statpress.site.pages.forked import map_forked


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
