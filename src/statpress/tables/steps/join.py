"""The step `join`: add columns from a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from statpress.declare.base import Declared
from statpress.declare.catalogues import Area, Measure
from statpress.declare.steps import Join, JoinRule
from statpress.issue import Issue, nearest
from statpress.tables.codes import list_areas, list_measures
from statpress.tables.columns import check_known, check_new, columns_of
from statpress.tables.place import Place, Shaped, explain_rows
from statpress.tables.texts import map_to_texts


def shape_join(table: pd.DataFrame, step: Join, place: Place) -> Shaped:
    """Look up the text of a column, a code or a name, and take what the catalogue says about it."""
    rule = step.join
    if issues := _check(table, rule, place):
        return Shaped(table, issues)
    listed = list_areas(place.declared) if rule.catalogue == "areas" else list_measures(place.declared)
    found = map_to_texts(table[rule.on], lambda text: listed.find(text) or "")
    unknown = table[found == ""]
    issues = explain_rows("unknown-code", unknown, rule.on, lambda row: listed.explain(row[rule.on]), file=place.file)
    if issues:
        return Shaped(table, issues)
    take = partial(_take, place.declared.areas if rule.catalogue == "areas" else place.declared.measures)
    taken = {column: map_to_texts(found, partial(take, key)) for key, column in rule.take.items()}
    return Shaped(table.assign(**taken))


def _check(table: pd.DataFrame, rule: JoinRule, place: Place) -> list[Issue]:
    issues = check_known(table, [(("on",), rule.on)], place)
    others = set(columns_of(table)) - {rule.on}
    issues += check_new([(("take", key), column) for key, column in rule.take.items()], others, place)
    known = _keys(Area if rule.catalogue == "areas" else Measure)
    message = f"The catalogue of {rule.catalogue} has no key that can be taken as"
    return issues + [
        place.issue("unknown-key", f"{message} `{key}`.", "take", key, hint=nearest(key, known))
        for key in rule.take
        if key not in known
    ]


def _keys(model: type[Declared]) -> list[str]:
    """What can be taken: `code`, and every key that holds one text or number."""
    return ["code", *(field.alias or name for name, field in model.model_fields.items() if name != "also")]


def _take(catalogue: Mapping[str, Declared], key: str, code: str) -> str:
    if key == "code":
        return code
    value = getattr(catalogue[code], key.replace("-", "_"))
    return "" if value is None else str(value)
