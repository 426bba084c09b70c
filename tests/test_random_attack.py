"""The attacker of the benchmarks on a few of her random projects: she learns nothing, and what can be safe is published."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attack.trial import run


@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        ("one", 21),
        ("one", 266),
        ("releases", 103),
        ("releases", 111),
        ("packages", 90),
        ("packages", 149),
        ("insiders", 7),
    ],
)
def test_a_random_project_is_published_and_tells_nothing(kind, seed):
    """Seeds that once told something, or were refused though they are safe, are among them."""
    outcome = run(seed, kind, "")
    assert (outcome.result, outcome.hits) == ("published", [])
    assert outcome.tried
