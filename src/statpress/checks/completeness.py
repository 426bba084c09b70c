"""The completeness gate: what readers need beside figures must be declared before anything is published.

That title, definition, unit, source, licence and contact are there at all is for the declarations to say; here they
must also say something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from statpress.cube import ALL, AREA, MEASURE, NOT_STATED, PERIOD, STATUS
from statpress.declare.nouns import Declarations
from statpress.issue import Issue
from statpress.status import WITHHELD

if TYPE_CHECKING:
    import pandas as pd

BREAK: Final = "b"
"""The status of a figure at which a series breaks."""
NONE_PLANNED: Final = "none planned"
_PLACEHOLDER: Final = re.compile(
    r"\W*(to ?do|t\.?b\.?[acd]\.?|to be (added|confirmed|decided|announced)|xxx+|lorem ipsum.*|fix ?me|n/?a|none"
    r"|unknown|placeholder|title|definition|description|<[^>]*>)\W*",
    re.IGNORECASE,
)
_REACHABLE: Final = re.compile(r"\S+@\S+\.\S+|https?://\S+|(?=.*\d{4})[+0-9 ()-]{7,}")
_WHEN: Final = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")
_MOST_AREAS: Final = 12


def check_completeness(observations: pd.DataFrame, name: str, declared: Declarations) -> list[Issue]:
    """What a package lacks, from its declaration and its observations (columns: the key and `status`)."""
    return [
        *_check_texts(name, declared),
        *_check_contact(declared),
        *_check_next(name, declared),
        *_check_coverage(observations, name, declared),
        *_check_breaks(observations, name, declared),
        *_check_words(name, declared),
        *_check_alternatives(observations, name, declared),
        *_check_intervals(observations, name, declared),
    ]


def _check_intervals(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    """An end of an interval must not be shown where its figure is withheld, which it would give away."""
    keys = [AREA, PERIOD, *declared.pipelines[name].dimensions]
    for measure in declared.pipelines[name].measures:
        interval = declared.measures[measure].interval
        if interval is None:
            continue
        rows = observations[observations[MEASURE] == measure]
        withheld = set(rows.loc[rows[STATUS] == WITHHELD, keys].itertuples(index=False, name=None))
        for end in (interval.lower, interval.upper):
            ends = observations[(observations[MEASURE] == end) & (observations[STATUS] != WITHHELD)]
            if withheld & set(ends[keys].itertuples(index=False, name=None)):
                message = f"{end} is shown where {measure} is withheld, and would give it away."
                hint = f"Withhold {end} there under `withhold`, or do not publish it."
                yield declared.files[name].issue("interval-shown", message, ("measures",), hint)


def _check_texts(name: str, declared: Declarations) -> Iterator[Issue]:
    pipeline, file = declared.pipelines[name], declared.files[name]
    for key, text in {"title": pipeline.title, "description": pipeline.description}.items():
        if _is_empty(text):
            yield file.issue("placeholder-text", f"The {key} of the package says nothing.", (key,), "Write it.")
    for measure in pipeline.measures:
        found = declared.measures[measure]
        for key, text in {"title": found.title, "definition": found.definition, "unit": found.unit}.items():
            if _is_empty(text):
                message = f"The {key} of the measure {measure} says nothing."
                yield declared.measure_files.issue("placeholder-text", message, (measure, key), "Write it.")
        if _same(found.definition, found.title):
            message = f"The definition of {measure} only repeats its title."
            hint = "Say what exactly is counted, and what is not."
            yield declared.measure_files.issue("empty-definition", message, (measure, "definition"), hint)


def _is_empty(text: str) -> bool:
    """Whether a text has no word but such as stand where one is still missing. `%` is a unit."""
    return bool(_PLACEHOLDER.fullmatch(text)) or not re.search(r"[^\W_]|[%£$€°]", text)


def _same(one: str, other: str) -> bool:
    return one.strip(" .").casefold() == other.strip(" .").casefold()


def _check_contact(declared: Declarations) -> Iterator[Issue]:
    if not _REACHABLE.search(declared.publisher.contact):
        message = "The contact is neither an address, nor a web page, nor a telephone number."
        hint = "Say where readers can ask, such as open-data@example.org."
        yield Issue("no-contact", message, "pipelines/publisher.yml", key="contact", hint=hint)


def _check_next(name: str, declared: Declarations) -> Iterator[Issue]:
    release, file = declared.pipelines[name].release, declared.files[name]
    when = _WHEN.search(release.next)
    key = ("release", "next")
    if release.next.strip().lower() == NONE_PLANNED:
        return
    if when is None:
        hint = "Write a date, a month, a season with its year, or `none planned`."
        yield file.issue("no-next-release", "Readers cannot tell when the next release is due.", key, hint)
    elif when[0] < release.date[: len(when[0])]:
        message = "The next release is due before this one is dated."
        yield file.issue("next-release-past", message, key, "Write the day of the release after this one.")


def _check_coverage(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    if set(observations[PERIOD]) == {NOT_STATED}:
        message = "No figure of the package has a period, so readers cannot tell what time it covers."
        hint = "Declare the period of the tables in a `period` or `derive` step."
        yield declared.files[name].issue("no-coverage", message, ("tables",), hint)


def _check_breaks(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    file = declared.files[name]
    caveats = [declared.caveats[caveat].measures for caveat in declared.pipelines[name].caveats]
    for measure in sorted(_with_break(observations)):
        if not any(not about or measure in about for about in caveats):
            message = f"The series of {measure} has a break, and no caveat says why."
            hint = "Add a caveat about it to caveats.yml, and name it under `caveats`."
            yield file.issue("break-without-caveat", message, ("caveats",), hint)


def _with_break(observations: pd.DataFrame) -> set[str]:
    return set(observations[observations[STATUS] == BREAK][MEASURE])


def _check_words(name: str, declared: Declarations) -> Iterator[Issue]:
    pipeline, file = declared.pipelines[name], declared.files[name]
    if not pipeline.methodology:
        message = "Nothing says how the figures are made."
        hint = "Add `methodology`: a sentence or two, or the address of a page."
        yield file.warning("no-methodology", message, (), hint)
    bare = [
        name for name in pipeline.measures if not (declared.measures[name].matters or declared.measures[name].reading)
    ]
    if bare:
        names = f"{', '.join(bare[:6])}{f' and {len(bare) - 6} more' if len(bare) > 6 else ''}"
        message = f"Nothing says in plain English why these matter or how to read them: {names}."
        yield file.warning("no-plain-words", message, ("measures",), "Add `matters` or `reading` in measures.yml.")


def _check_alternatives(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    """Measures whose chart says more than the sentences that statpress can make of it."""
    pipeline, file = declared.pipelines[name], declared.files[name]
    rich = (
        _with_break(observations) | _with_many_areas(observations) | _with_crossing(observations, pipeline.dimensions)
    )
    for index, measure in enumerate(pipeline.measures):
        if measure in rich and not declared.measures[measure].alt:
            message = f"The chart of {measure} shows more than the words made for those who cannot see it."
            hint = "Add `alt` in measures.yml: what the chart shows, in a sentence or two without figures."
            yield file.warning("no-alt-text", message, ("measures", index), hint)


def _with_many_areas(observations: pd.DataFrame) -> set[str]:
    areas = observations[[MEASURE, AREA]].drop_duplicates()[MEASURE].value_counts()
    return set(areas[areas > _MOST_AREAS].index)


def _with_crossing(observations: pd.DataFrame, dimensions: Iterable[str]) -> set[str]:
    """The measures of figures that are broken down by two dimensions at once."""
    broken_down = observations[list(dimensions)] != ALL
    return set(observations[broken_down.sum(axis=1) > 1][MEASURE])
