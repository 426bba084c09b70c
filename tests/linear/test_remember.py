"""What was solved is remembered by what the system says, and nothing that a caller does to an answer stays."""

import numpy as np
import pytest

from statpress.linear import remember as module
from statpress.linear.remember import remember
from statpress.linear.solver import NoSolution
from statpress.linear.system import make_system


def system_of(total=5, highest=9.0):
    return make_system([({0: 1, 1: 1}, total, total)], [0.0, 0.0], [highest, highest])


def counting(answer):
    asked = []

    def solve(system):
        asked.append(system)
        if answer is None:
            raise NoSolution("none")
        return np.array(answer)

    return remember(solve), asked


def test_the_same_facts_are_solved_once():
    find, asked = counting([2.0, 3.0])
    assert [find(system_of()).tolist() for _ in range(3)] == [[2.0, 3.0]] * 3
    assert len(asked) == 1


def test_other_facts_or_bounds_are_solved_again():
    find, asked = counting([2.0, 3.0])
    for system in (system_of(), system_of(total=6), system_of(highest=8.0)):
        find(system)
    assert len(asked) == 3


def test_an_answer_may_be_changed_by_who_has_it():
    find, _ = counting([2.0, 3.0])
    find(system_of())[0] = 7.0
    assert find(system_of()).tolist() == [2.0, 3.0]


def test_that_there_is_no_solution_is_remembered_too():
    find, asked = counting(None)
    for _ in range(2):
        with pytest.raises(NoSolution):
            find(system_of())
    assert len(asked) == 1


def test_large_systems_are_not_kept(monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1)
    find, asked = counting([2.0, 3.0])
    assert find(system_of()).tolist() == find(system_of()).tolist()
    assert len(asked) == 2
