"""Check that what rules name exists: packages, columns, codes, rules and caveats."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from statpress.declare.document import Document, Key
from statpress.declare.nouns import Declarations
from statpress.declare.rules import WAIVABLE, Rules
from statpress.declare.steps import Where
from statpress.issue import Issue, nearest

_TEXTS: Final = ("status", "note")
"""Columns of observations that a selection may name, and that hold any text."""


def check_rules(declared: Declarations, name: str) -> Iterator[Issue]:
    """Every name in the rules of a package that nothing has, and every contradiction."""
    rules, file = declared.rules[name], declared.rule_files[name]
    for key, where in rules.selections():
        yield from _in_where(declared, name, where, (file, key))
    for key, column in rules.columns():
        yield from _known(file, key, column, {*_codes(declared, name, {}), "period", *_TEXTS}, "column")
    for rule in rules.rules:
        if rule in WAIVABLE:
            message = f"`{rule}` is the name of a rule that runs by itself."
            yield file.issue("reserved-name", message, ("rules", rule), "Choose another name.")
    yield from _in_waivers(declared, name, rules, file)
    for index, exception in enumerate(rules.does_not_add):
        key = ("does-not-add", index)
        pipeline = declared.pipelines[name]
        yield from _known(file, (*key, "dimension"), exception.dimension, pipeline.dimensions, "dimension")
        for at, measure in enumerate(exception.measures):
            yield from _known(file, (*key, "measures", at), measure, pipeline.measures, "measure")


def _in_waivers(declared: Declarations, name: str, rules: Rules, file: Document) -> Iterator[Issue]:
    for index, waiver in enumerate(rules.waivers):
        yield from _known(file, ("waivers", index, "rule"), waiver.rule, {*rules.rules, *WAIVABLE}, "rule")
        if waiver.caveat is not None:
            caveats = declared.pipelines[name].caveats
            yield from _known(file, ("waivers", index, "caveat"), waiver.caveat, caveats, "caveat of the pipeline")


def _in_where(declared: Declarations, name: str, where: Where, at: tuple[Document, Key]) -> Iterator[Issue]:
    file, key = at
    codes = _codes(declared, name, where)
    for column, wanted in where.items():
        yield from _known(file, (*key, column), column, {*codes, "period", *_TEXTS}, "column")
        for text in [wanted] if isinstance(wanted, str) else wanted:
            if column in codes:
                what = column if column in ("package", "measure", "area") else f"category of {column}"
                yield from _known(file, (*key, column), text, codes[column], what)


def _codes(declared: Declarations, name: str, where: Where) -> Mapping[str, Collection[str]]:
    """The codes that each column of the figures may hold. Those of another package where the selection names one."""
    packages = where.get("package", name)
    named = [packages] if isinstance(packages, str) else packages
    pipelines = [declared.pipelines[package] for package in named if package in declared.pipelines]
    dimensions = dict.fromkeys(dimension for pipeline in pipelines for dimension in pipeline.dimensions)
    return {
        "package": declared.pipelines,
        "measure": {measure for pipeline in pipelines for measure in pipeline.measures},
        "area": declared.areas,
        **{dimension: {*declared.dimensions[dimension].categories, "all"} for dimension in dimensions},
    }


def _known(file: Document, key: Key, name: str, names: Collection[str], what: str) -> Iterator[Issue]:
    if name not in names:
        rule = f"unknown-{what.split(maxsplit=1)[0]}"
        yield file.issue(rule, f"There is no {what} `{name}`.", key, nearest(name, names))
