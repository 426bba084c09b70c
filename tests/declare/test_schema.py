"""JSON Schemas are made from the models and are never stale."""

import json
from pathlib import Path

import pytest

from statpress.declare.schema import describe_schemas

COMMITTED = Path(__file__).parents[2] / "pipelines" / "schema"


@pytest.mark.parametrize(("name", "data"), describe_schemas().items())
def test_the_committed_schema_is_what_the_models_say(name, data):
    assert (COMMITTED / name).read_bytes() == data, "run: statpress schema"


def test_every_key_has_a_description_or_a_telling_model():
    schema = json.loads(describe_schemas()["pipeline.json"])
    assert all(
        definition.get("description") for definition in schema["$defs"].values() if definition["type"] == "object"
    )


def test_the_kinds_of_period_that_a_step_reads_are_those_of_packages():
    from typing import get_args

    from statpress.cube import PERIOD_KINDS
    from statpress.declare.steps import PeriodKind

    assert (*get_args(PeriodKind), "not-stated") == PERIOD_KINDS
