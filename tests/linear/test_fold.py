"""Folding loses no deviation: every form goes as far in the few quantities as in all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statpress.linear.fold import fold
from statpress.linear.solver import Solver
from statpress.linear.system import Form, make_system

ROW = st.dictionaries(st.integers(0, 6), st.sampled_from([-2, -1, 1, 2]), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    rows=st.lists(ROW, min_size=1, max_size=6),
    low=st.lists(st.integers(0, 3), min_size=7, max_size=7),
    high=st.lists(st.integers(0, 3), min_size=7, max_size=7),
)
def test_a_form_goes_as_far_in_the_folded_system(rows, low, high):
    system = make_system(((row, 0, 0) for row in rows), [-end for end in low], high)
    folded = fold(system)
    for column in range(7):
        form = Form.one(column)
        aim = np.asarray(folded.lift[[column]].todense()).ravel()
        assert Solver(folded.system).cheapest(-aim).value == pytest.approx(-Solver(system).most(form).value, abs=1e-6)


def test_what_an_equation_ties_together_counts_as_one():
    system = make_system([({0: 1, 1: -1}, 0, 0), ({1: 1, 2: 1}, 0, 0), ({3: 1}, 0, 0)], [-5] * 4, [1, 2, 3, 4])
    folded = fold(system)
    assert folded.system.size == 1
    assert (folded.system.low[0], folded.system.high[0]) == (-3, 1)
