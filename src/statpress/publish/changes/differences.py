"""What is different between two releases: figures, codes, definitions and the form of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from statpress.cube import MEASURE
from statpress.publish.changes.printed_release import Figure, Place, Release
from statpress.status import WITHHELD

Kind = Literal["added", "removed", "revised", "re-coded", "withheld", "shown", "emptied", "filled", "marked"]
KINDS: Final[Mapping[Kind, str]] = {
    "added": "added",
    "removed": "removed",
    "revised": "revised",
    "re-coded": "moved to another code",
    "withheld": "withheld now and shown before",
    "shown": "shown now and withheld before",
    "emptied": "no longer given",
    "filled": "given now and not before",
    "marked": "marked with another status",
}
"""What can happen to a figure, in words."""
MEANING: Final = (
    "definition",
    "unit",
    "kind",
    "numerator",
    "denominator",
    "denominator_at",
    "change_of",
    "base",
)
"""What of a measure says what its figures mean. To change it needs a reason."""
_WORDS: Final = ("title", "name", "label")


@dataclass(frozen=True)
class FigureChange:
    """What happened to one figure. `place` is as in the release that has it, the later one where both do."""

    kind: Kind
    place: Place
    before: Decimal | None = None
    after: Decimal | None = None
    """Values that were or are printed, where the figure was revised; nothing otherwise."""


@dataclass(frozen=True)
class WordChange:
    """A part of a code list that says something else: the column of the observations, the code and the part."""

    column: str
    code: str
    part: str

    @property
    def changes_meaning(self) -> bool:
        """Whether the figures of a measure now mean something else."""
        return self.column == MEASURE and self.part in MEANING


@dataclass(frozen=True)
class Differences:
    """Everything that is different between a release and the one before it."""

    before: Release
    after: Release
    recoded: Mapping[str, Mapping[str, str]]
    """Column to old code and new code, where a code was replaced by one with the same words."""
    figures: tuple[FigureChange, ...]
    words: tuple[WordChange, ...]
    form: tuple[str, ...]
    """What changed in the form of the files, in sentences."""

    def count(self) -> dict[Kind, int]:
        """How many figures changed in each way, those only that did."""
        found = [change.kind for change in self.figures]
        return {kind: found.count(kind) for kind in KINDS if kind in found}

    def codes(self, column: str) -> tuple[list[str], list[str]]:
        """Codes of a column that figures have now and had not before, and the other way around, re-coded ones aside."""
        moved = self.recoded.get(column, {})
        old = {moved.get(code, code) for code in _used(self.before, column)}
        new = _used(self.after, column)
        return sorted(new - old), sorted(old - new)


def compare_releases(before: Release, after: Release) -> Differences:
    """What is different in `after`. Figures in the order of their places."""
    recoded = {column: _match(before, after, column) for column in before.codes if column in after.codes}
    recoded = {column: codes for column, codes in recoded.items() if codes}
    return Differences(
        before,
        after,
        recoded,
        tuple(_figures(before, after, recoded)),
        tuple(_words(before, after, recoded)),
        tuple(_form(before.descriptor, after.descriptor)),
    )


def _used(release: Release, column: str) -> set[str]:
    return {code for place in release.figures for name, code in place if name == column}


def _match(before: Release, after: Release, column: str) -> dict[str, str]:
    """Codes that are gone, with the new code that has the same words, where there is just one."""
    old, new = before.codes[column], after.codes[column]
    fresh: dict[str, list[str]] = {}
    for code in new.keys() - old.keys():
        fresh.setdefault(after.label(column, code), []).append(code)
    gone = {code: fresh.get(before.label(column, code), []) for code in sorted(old.keys() - new.keys())}
    return {code: found[0] for code, found in gone.items() if len(found) == 1}


def _figures(before: Release, after: Release, recoded: Mapping[str, Mapping[str, str]]) -> Iterator[FigureChange]:
    old = {_move(place, recoded): (place, figure) for place, figure in before.figures.items()}
    for place in sorted(old.keys() | after.figures.keys()):
        if place not in after.figures:
            yield FigureChange("removed", old[place][0])
        elif place not in old:
            yield FigureChange("added", place)
        else:
            yield from _of_figure(place, *old[place], after.figures[place])


def _of_figure(place: Place, old_place: Place, old: Figure, new: Figure) -> Iterator[FigureChange]:
    if old_place != place:
        yield FigureChange("re-coded", place)
    if old.value is not None and new.value is not None:
        if old.value != new.value:
            yield FigureChange("revised", place, old.value, new.value)
        elif old.status != new.status:
            yield FigureChange("marked", place)
    elif old.value is not None:
        yield FigureChange("withheld" if new.status == WITHHELD else "emptied", place)
    elif new.value is not None:
        yield FigureChange("shown" if old.status == WITHHELD else "filled", place)
    elif old.status != new.status:
        yield FigureChange("marked", place)


def _move(place: Place, recoded: Mapping[str, Mapping[str, str]]) -> Place:
    return tuple((column, recoded.get(column, {}).get(code, code)) for column, code in place)


def _words(before: Release, after: Release, recoded: Mapping[str, Mapping[str, str]]) -> Iterator[WordChange]:
    for column, old_rows in before.codes.items():
        new_rows = after.codes.get(column, {})
        for old_code, old in old_rows.items():
            code = recoded.get(column, {}).get(old_code, old_code)
            new = new_rows.get(code)
            parts = [part for part in old if new is not None and part in new and old[part] != new[part]]
            for part in parts if column == MEASURE else [part for part in parts if part in (*_WORDS, "parent", "kind")]:
                if not _is_recoded(column, part, old[part], new or {}, recoded):
                    yield WordChange(column, code, part)


def _is_recoded(
    column: str, part: str, old: str, new: Mapping[str, str], recoded: Mapping[str, Mapping[str, str]]
) -> bool:
    """Whether a part names a code, such as a parent, that was replaced by the one that it names now."""
    return recoded.get(column, {}).get(old) == new[part]


def _form(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = ({one["name"]: one for one in descriptor["resources"]} for descriptor in (before, after))
    yield from (f"The file {name}.csv is new." for name in new if name not in old)
    yield from (f"The file {name}.csv is gone." for name in old if name not in new)
    for name in (name for name in new if name in old):
        yield from _form_of(f"{name}.csv", old[name]["schema"], new[name]["schema"])
    if before["licenses"] != after["licenses"]:
        yield "The licence is another one."
    if before["statpress"]["disclosure"]["rules"] != after["statpress"]["disclosure"]["rules"]:
        yield "The rules that protect people in small numbers are others."


def _form_of(file: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = ({field["name"]: field for field in schema["fields"]} for schema in (before, after))
    yield from (f"{file} has the new column {name}." for name in new if name not in old)
    yield from (f"{file} has no column {name} any more." for name in old if name not in new)
    for name in (name for name in new if name in old):
        if old[name]["type"] != new[name]["type"]:
            yield f"In {file} the column {name} is of type {new[name]['type']}, and was of type {old[name]['type']}."
        if old[name].get("constraints", {}) != new[name].get("constraints", {}):
            yield f"In {file} other values are allowed in the column {name}."
    if before.get("primaryKey") != after.get("primaryKey"):
        yield f"The key of {file} is made of other columns."
