"""A pipeline: the declaration that turns source tables into one published data package."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from statpress.declare.base import Band, Code, Column, Date, Declared, Id, OptionalText, StatusCode, Text, Version
from statpress.declare.dashboard import Dashboard
from statpress.declare.pictures import Target
from statpress.declare.steps import LeftOut, Step, Where

Adds = Literal["adds-up", "does-not-add-up"]
Encoding = Literal["utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15"]
"""How a CSV file turns characters into bytes."""


class MarkMeaning(Declared):
    """What a mark in a value cell means."""

    status: StatusCode
    means: Band | None = Field(None, description="The counts that it may stand for, where that is known.")


def _expand_mark(mark: Any) -> Any:
    return {"status": mark} if isinstance(mark, str) else mark


Mark = Annotated[MarkMeaning, BeforeValidator(_expand_mark, json_schema_input_type=StatusCode | MarkMeaning)]
"""A status, or a status with the counts that the mark may stand for."""


class Origin(Declared):
    """Where in which document a table stands."""

    document: Id = Field(description="A document of documents.yml.")
    section: str = Field("", max_length=80)
    page: str = Field("", max_length=80)
    lines: str = Field("", max_length=80)


class Table(Declared):
    """One source table: how it is read and shaped."""

    path: str = Field(pattern=r"\.(csv|xlsx|ods)$", max_length=500, description="A file in the pipeline's folder.")
    encoding: Encoding = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    sheet: str | None = Field(None, max_length=200, description="The sheet of an XLSX or ODS file.")
    columns: dict[Column, str] = Field(
        {}, description="Names by place, and what the header says there, if the header lacks or repeats some."
    )
    blank_rows: Literal["refuse", "skip"] = Field("refuse", description="Whether rows without any text are skipped.")
    thousands: Literal[",", ".", " ", "'", "\u00a0", "\u202f"] | None = Field(
        None, description="What separates thousands, if anything."
    )
    decimal: Literal[".", ","] | None = Field(
        None, description="What separates decimals: a point, or a comma where a point separates thousands."
    )
    percent_sign: Literal["refuse", "allowed"] = Field(
        "refuse", description="Whether percentages are written, or formatted in a sheet, with their sign."
    )
    text_numbers: Literal["refuse", "allowed"] = Field(
        "refuse", description="Whether a column of a sheet may hold numbers and texts that look like numbers."
    )
    marks: dict[str, Mark] = Field({}, description="Texts in value cells that are not numbers, and what they mean.")
    table_schema: str | None = Field(
        None, pattern=r"\.json$", max_length=500, description="A Table Schema in JSON that the file must keep."
    )
    origin: Origin
    left_out: LeftOut | None = Field(None, description="Why nothing of the table is published.")
    steps: tuple[Step, ...] = ()

    @property
    def decimal_sign(self) -> str:
        """What separates decimals."""
        return self.decimal or ("," if self.thousands == "." else ".")

    @model_validator(mode="after")
    def _sheet_with_book(self) -> Self:
        if self.path.endswith((".xlsx", ".ods")) != (self.sheet is not None):
            raise ValueError("an XLSX or ODS file, and nothing else, needs `sheet`: the sheet to read")
        if self.thousands == self.decimal_sign:
            raise ValueError("`thousands` and `decimal` cannot be the same sign")
        return self


class ByHand(Declared):
    """Figures that a person withholds, with the reason that readers see."""

    where: Where = Field(min_length=1, description="Columns of the observations and the codes they must hold.")
    reason: Text


class Weight(Declared):
    """How much readers would miss some figures."""

    where: Where = Field(min_length=1, description="Columns of the observations and the codes they must hold.")
    weight: float = Field(gt=0, le=1_000_000, description="What withholding each costs; figures not named cost 1.")


class Headline(Declared):
    """Figures that must not be withheld. Where one would have to be, publishing stops."""

    where: Where = Field(min_length=1, description="Columns of the observations and the codes they must hold.")
    reason: Text = Field(description="Why readers must have them; for maintainers.")


class Known(Declared):
    """A figure that is public elsewhere, so that whoever looks for withheld numbers has it too."""

    where: dict[Column, str] = Field(
        min_length=1, description="What it is about: the measure and period, and the area and categories if not all."
    )
    value: float = Field(ge=0, description="The figure, as it is printed there.")
    source: Text = Field(description="Where it is printed; for maintainers.")


class ReleaseChange(Declared):
    """Something that a release takes away from readers, or defines anew, and why."""

    removed: Where | None = Field(
        None, min_length=1, description="Figures that are no longer given: columns and codes of the last release."
    )
    redefined: Id | None = Field(None, description="A measure whose definition changes.")
    reason: Text = Field(description="Why; readers see it.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.removed is None) == (self.redefined is None):
            raise ValueError("a change needs either `removed` or `redefined`")
        return self


class Release(Declared):
    """The release that publishing makes."""

    version: Version
    date: Date = Field(description="The day of the release; also the creation date of the package.")
    next: Text = Field(description="When the next release is due, or `none planned`.")
    notes: str = Field("", max_length=2000, description="What changed since the last release.")
    type: OptionalText = Field("", description="What kind of release it is, such as `Official statistics`.")
    changes: tuple[ReleaseChange, ...] = Field((), description="What it takes away or defines anew, and why.")


class Pipeline(Declared):
    """A whole pipeline: its tables, what they measure, how it is protected and released."""

    title: Text
    description: Text
    topic: Id = Field(description="A topic of topics.yml.")
    area: Code = Field(description="The area that the package is about, from areas.yml.")
    formerly: tuple[Id, ...] = Field((), description="Names that the package had before; its old addresses lead to it.")
    keywords: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = Field(min_length=1)
    measures: tuple[Id, ...] = Field(min_length=1, description="Measures of measures.yml, in order of display.")
    compute: tuple[Id, ...] = Field((), description="Measures made from numerator and denominator after protection.")
    dimensions: dict[Id, Adds] = Field({}, description="Dimensions of dimensions.yml, and whether their parts add up.")
    disclosure: Id = Field("strict", description="A policy that statpress has, or one of policies.yml.")
    withhold: tuple[ByHand, ...] = Field((), description="Figures withheld by hand, each with its reason.")
    never_withhold: tuple[Headline, ...] = Field((), description="Figures that must be shown, or nothing is published.")
    weights: tuple[Weight, ...] = Field((), description="Which figures to withhold last, to protect others.")
    known: tuple[Known, ...] = Field((), description="Figures that others publish, with which readers can reckon.")
    targets: tuple[Target, ...] = Field((), description="What is aimed at; charts show progress to it.")
    dashboard: Dashboard | None = Field(None, description="The measures as a dashboard, with a page of its own.")
    caveats: tuple[Id, ...] = Field((), description="Caveats of caveats.yml.")
    methodology: OptionalText = Field("", description="How the figures are made, in words, or where that is said.")
    release: Release
