"""Small tables drawn as text, and the rules that they are protected under."""

from __future__ import annotations

import io

import pandas as pd

from statpress.declare.catalogues import Area, Dimension, Measure
from statpress.declare.policy import Policy
from statpress.disclosure.cells import Rules

MEASURES = {
    "children": {"kind": "count"},
    "all-children": {"kind": "count"},
    "share": {"kind": "percentage", "decimals": "1", "numerator": "children", "denominator": "all-children"},
    "alone": {"kind": "percentage", "decimals": "0"},
    "known": {"kind": "percentage", "decimals": "0", "denominator-at-least": "100"},
    "rate": {"kind": "rate", "decimals": "1", "base": "10000", "denominator-at-least": "30000"},
    "share-of-all": {
        "kind": "percentage",
        "decimals": "1",
        "numerator": "children",
        "denominator": "all-children",
        "denominator-at": "total",
    },
    "rate-of-all": {
        "kind": "rate",
        "base": "100",
        "decimals": "2",
        "numerator": "children",
        "denominator": "all-children",
        "denominator-at": "total",
    },
    "for-each": {"kind": "ratio", "decimals": "1", "denominator": "all-children"},
    "split": {"kind": "percentage", "decimals": "0", "denominator-at-least": "1000"},
    "growth": {"kind": "percentage", "decimals": "1", "change-of": "children"},
    "wards": {"kind": "count", "unprotected": "It counts wards."},
}
AREAS = {"A": {"parent": None}, "A1": {"parent": "A"}, "A2": {"parent": "A"}, "A3": {"parent": "A"}}


def rules(adds_up=("sex",), dimensions=None, **policy):
    """Rules for the measures above; `dimensions` maps a name to its categories, `policy` changes the policy."""
    dimensions = dimensions or {"sex": ("m", "f", "u")}
    withhold = {"counts": "1..5", **policy.pop("withhold", {})}
    return Rules(
        policy=Policy.model_validate({"title": "t", "source": "s", "withhold": withhold, **policy}),
        measures={
            name: Measure.model_validate({"title": name, "definition": "d", "unit": "u", **facts})
            for name, facts in MEASURES.items()
        },
        areas={code: Area.model_validate({"name": code, "kind": "ward", **facts}) for code, facts in AREAS.items()},
        dimensions={
            name: Dimension.model_validate({"title": name, "categories": {code: {"label": code} for code in codes}})
            for name, codes in dimensions.items()
        },
        adds_up=frozenset(adds_up),
    )


def table(text, dimensions=("sex",)):
    """`measure area <dimensions> value` a line, period 2020; `c` or `x` in place of a value is a status."""
    columns = ["measure", "area", *dimensions, "value"]
    frame = pd.read_csv(io.StringIO(text), sep=r"\s+", names=columns, dtype=str)
    frame["status"] = frame["value"].where(frame["value"].isin(["c", "x"]), "")
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce").astype(float)
    return frame.assign(period="2020", note="as the source says", source_row="2")


def withheld(protected, dimensions=("sex",)):
    """The cells that are withheld, as `measure/area/categories`."""
    hidden = protected.observations[protected.observations["status"] == "c"]
    return {"/".join(row) for row in hidden[["measure", "area", *dimensions]].itertuples(index=False)}
