"""Check that what declarations name exists, and that parts of one declaration agree with each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from statpress.cube import ADDITIVE
from statpress.declare.dashboard_references import check_dashboard
from statpress.declare.document import Document, Key
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import ByHand, Headline, Known, Pipeline, Weight
from statpress.issue import Issue, nearest

RESERVED = {
    "measure",
    "area",
    "period",
    "value",
    "status",
    "note",
    "measures",
    "areas",
    "periods",
    "statuses",
    "observations",
}
"""Names that a dimension cannot have, since they are columns or files of every package."""


def check_references(declared: Declarations, catalogues: Mapping[str, Document]) -> list[Issue]:
    """Every name that no catalogue has, and every contradiction."""
    found = [*_in_areas(declared, catalogues["areas"]), *_in_measures(declared, catalogues["measures"])]
    found += _in_caveats(declared, catalogues["caveats"])
    found += _in_dimensions(declared, catalogues["dimensions"])
    for name, pipeline in declared.pipelines.items():
        found += _in_pipeline(declared, pipeline, declared.files[name])
    return [*found, *_measures_once(declared)]


def _in_areas(declared: Declarations, file: Document) -> Iterator[Issue]:
    for code, area in declared.areas.items():
        if area.parent is not None:
            yield from _known(file, (code, "parent"), area.parent, declared.areas, "area")
            if _circular(code, {name: other.parent for name, other in declared.areas.items()}):
                yield file.issue("circle", f"The parents of {code} go in a circle.", (code, "parent"))
        for index, member in enumerate(area.members):
            yield from _known(file, (code, "members", index), member, declared.areas, "area")
    yield from _names_once(file, {code: (area.name, *area.also) for code, area in declared.areas.items()})


def _circular(code: str, parents: Mapping[str, str | None]) -> bool:
    seen, here = {code}, parents.get(code)
    while here is not None and here not in seen:
        seen.add(here)
        here = parents.get(here)
    return here is not None


def _in_measures(declared: Declarations, file: Document) -> Iterator[Issue]:
    for name, measure in declared.measures.items():
        for key in ("numerator", "denominator", "change_of"):
            other = getattr(measure, key)
            if other is not None:
                yield from _known(file, (name, key.replace("_", "-")), other, declared.measures, "measure")
            if other == name:
                yield file.issue("circle", f"A measure cannot be its own {key}.", (name, key.replace("_", "-")))
        for end in ("lower", "upper") if measure.interval else ():
            yield from _known(
                file, (name, "interval", end), getattr(measure.interval, end), declared.measures, "measure"
            )
        for index, other in enumerate(measure.contributions):
            yield from _known(file, (name, "contributions", index), other, declared.measures, "measure")


def _in_caveats(declared: Declarations, file: Document) -> Iterator[Issue]:
    for name, caveat in declared.caveats.items():
        for index, measure in enumerate(caveat.measures):
            yield from _known(file, (name, "measures", index), measure, declared.measures, "measure")


def _in_dimensions(declared: Declarations, file: Document) -> Iterator[Issue]:
    for name, dimension in declared.dimensions.items():
        if name in RESERVED:
            yield file.issue("reserved-name", f"A dimension cannot be called {name}.", (name,))
        labels = {code: (category.label, *category.also) for code, category in dimension.categories.items()}
        yield from _names_once(file, labels, (name, "categories"))


def _names_once(file: Document, names: Mapping[str, tuple[str, ...]], key: Key = ()) -> Iterator[Issue]:
    """A name may stand for one code only; otherwise a source could not say which it means."""
    owners: dict[str, str] = {}
    for code, texts in names.items():
        for text in {code, *texts}:
            if owners.setdefault(text, code) != code:
                message = f"`{text}` already stands for {owners[text]}."
                yield file.issue("ambiguous-name", message, (*key, code), "Give one of them another name.")


def _in_pipeline(declared: Declarations, pipeline: Pipeline, file: Document) -> Iterator[Issue]:
    yield from _known(file, ("topic",), pipeline.topic, declared.topics, "topic")
    yield from _known(file, ("area",), pipeline.area, declared.areas, "area")
    yield from _known(file, ("disclosure",), pipeline.disclosure, declared.policies, "policy")
    for dimension in pipeline.dimensions:
        yield from _known(file, ("dimensions", dimension), dimension, declared.dimensions, "dimension")
    for index, caveat in enumerate(pipeline.caveats):
        yield from _known(file, ("caveats", index), caveat, declared.caveats, "caveat")
    for index, table in enumerate(pipeline.tables):
        key = ("tables", index, "origin", "document")
        yield from _known(file, key, table.origin.document, declared.documents, "document")
    for name in ("compute", "caveats", "keywords"):
        yield from _once(file, name, getattr(pipeline, name))
    yield from _measures_of(declared, pipeline, file)
    yield from _by_hand(pipeline, file)
    yield from _weighted(declared, pipeline, file)
    yield from check_dashboard(declared, pipeline, file)
    for index, target in enumerate(pipeline.targets):
        yield from _known(
            file, ("targets", index, "measure"), target.measure, pipeline.measures, "measure of this pipeline"
        )
        if target.area is not None:
            yield from _known(file, ("targets", index, "area"), target.area, declared.areas, "area")
    for index, known in enumerate(pipeline.known):
        yield from _public(declared, pipeline, file, (index, known))


def _once(file: Document, key: str, names: tuple[str, ...]) -> Iterator[Issue]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield file.issue("listed-twice", f"`{name}` is listed twice.", (key, index), "Remove one of them.")


def _measures_of(declared: Declarations, pipeline: Pipeline, file: Document) -> Iterator[Issue]:
    for index, measure in enumerate(pipeline.measures):
        yield from _known(file, ("measures", index), measure, declared.measures, "measure")
        if any(measure in _contributions(declared, other) for other in pipeline.measures):
            message = f"{measure} tells what single contributors gave, so it is never published."
            yield file.issue("published-contribution", message, ("measures", index), "Remove it from this list.")
    for index, measure in enumerate(pipeline.compute):
        yield from _known(file, ("compute", index), measure, pipeline.measures, "measure of this pipeline")
        if measure in declared.measures:
            yield from _computable(declared, pipeline, file, index)


def _contributions(declared: Declarations, measure: str) -> tuple[str, ...]:
    return declared.measures[measure].contributions if measure in declared.measures else ()


def _computable(declared: Declarations, pipeline: Pipeline, file: Document, index: int) -> Iterator[Issue]:
    measure = declared.measures[pipeline.compute[index]]
    parts = {measure.numerator, measure.denominator}
    if measure.kind not in ("percentage", "rate") or not parts <= set(pipeline.measures):
        message = "Only a percentage or rate whose numerator and denominator are in this pipeline can be computed."
        hint = "Take it out of `compute`, or declare the measures that it is made of here."
        yield file.issue("not-computable", message, ("compute", index), hint)


def _by_hand(pipeline: Pipeline, file: Document) -> Iterator[Issue]:
    columns = {"measure", "area", "period", *pipeline.dimensions}
    rules: dict[str, tuple[ByHand | Headline | Weight, ...]] = {
        "withhold": pipeline.withhold,
        "never-withhold": pipeline.never_withhold,
        "weights": pipeline.weights,
    }
    for key, listed in rules.items():
        for index, rule in enumerate(listed):
            for column in rule.where:
                yield from _known(file, (key, index, "where", column), column, columns, "column of the observations")


def _weighted(declared: Declarations, pipeline: Pipeline, file: Document) -> Iterator[Issue]:
    """Weights that nothing uses would let their author believe that headline figures are safe."""
    policy = declared.policies.get(pipeline.disclosure)
    if pipeline.weights and policy is not None and policy.protection.cost != "weights":
        message = f"The policy {pipeline.disclosure} goes by {policy.protection.cost}, so these weights are not used."
        yield file.issue("unused-weights", message, ("weights",), "Use a policy with `protection: {cost: weights}`.")


def _public(declared: Declarations, pipeline: Pipeline, file: Document, known: tuple[int, Known]) -> Iterator[Issue]:
    """A figure that is public elsewhere must be one that readers could reckon with, or it protects nothing."""
    index, where = known[0], known[1].where
    counted = [m for m in pipeline.measures if m in declared.measures and declared.measures[m].kind in ADDITIVE]
    codes: dict[str, Collection[str]] = {"measure": counted, "area": declared.areas}
    for name in pipeline.dimensions:
        codes[name] = declared.dimensions[name].categories if name in declared.dimensions else ()
    for column, code in where.items():
        yield from _known(file, ("known", index, "where", column), column, {*codes, "period"}, "column")
        if column in codes:
            what = "count of this pipeline" if column == "measure" else f"code of {column}"
            yield from _known(file, ("known", index, "where", column), code, codes[column], what)
    if "period" not in where or ("measure" not in where and len(pipeline.measures) > 1):
        message = "Which figure it is cannot be told without `measure` and `period`."
        yield file.issue("which-figure", message, ("known", index, "where"), "Write codes as in the package.")


def _measures_once(declared: Declarations) -> Iterator[Issue]:
    """A measure of an area is published by one pipeline, so that its figures stand in one place."""
    owners: dict[tuple[str, str], tuple[str, int]] = {}
    for name, pipeline in declared.pipelines.items():
        for index, measure in enumerate(pipeline.measures):
            owner, place = owners.setdefault((measure, pipeline.area), (name, index))
            if (owner, place) != (name, index):
                message = f"The measure {measure} of {pipeline.area} is already published by the pipeline {owner}."
                yield declared.files[name].issue("measure-twice", message, ("measures", index))


def _known(file: Document, key: Key, name: str, names: Collection[str], what: str) -> Iterator[Issue]:
    if name not in names:
        yield file.issue(
            f"unknown-{what.split(maxsplit=1)[0]}", f"There is no {what} `{name}`.", key, nearest(name, names)
        )
