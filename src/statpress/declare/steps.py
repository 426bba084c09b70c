"""The steps that shape a source table, each a mapping with one key: `- rename: {old: new}`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from statpress.declare.base import Column, Declared, Id

LeftOut = Literal["words-only", "uncertain", "duplicate", "not-a-statistic"]
"""Why a row of a source is not published."""
PeriodKind = Literal["financial-year", "academic-year", "calendar-year", "quarter", "month", "snapshot", "span"]
Catalogue = Literal["areas", "measures"]
Where = dict[Column, str | Annotated[tuple[str, ...], Field(min_length=1)]]
"""Rows whose column holds the value, or one of the values; several columns must all match."""


class Rename(Declared):
    """Give columns other names."""

    rename: dict[Column, Column] = Field(min_length=1, description="Old name to new name.")


class Keep(Declared):
    """Keep only these columns."""

    keep: tuple[Column, ...] = Field(min_length=1)


class Drop(Declared):
    """Drop these columns."""

    drop: tuple[Column, ...] = Field(min_length=1)


class FilterRule(Declared):
    """Which rows stay, or which go, and why the others are not published."""

    keep: Where | None = Field(None, description="Only these rows stay.")
    drop: Where | None = Field(None, description="These rows go.")
    reason: LeftOut = Field(description="Why the rows that go are not published; counted in the ledger.")
    note: str = Field("", max_length=500, description="The reason in words.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.keep is None) == (self.drop is None):
            raise ValueError("a filter needs either `keep` or `drop`")
        return self


class Filter(Declared):
    """Leave rows out, with a reason that the ledger keeps."""

    filter: FilterRule


class RecodeRule(Declared):
    """Which texts become which."""

    column: Column
    values: dict[str, str] = Field(min_length=1, description="Text as in the source to the text wanted.")
    into: Column | None = Field(None, description="Another column for the result; the same one if left out.")
    others: Literal["refuse", "keep"] = Field("refuse", description="What happens to a text that is not listed.")


class Recode(Declared):
    """Replace the texts of a column."""

    recode: RecodeRule


class PeriodRule(Declared):
    """How the periods of a column are written."""

    column: Column = "period"
    kinds: tuple[PeriodKind, ...] = Field((), description="The kinds of period the column holds.")
    values: dict[str, str] = Field({}, description="Text to ISO 8601 interval or `not-stated`, for what no kind reads.")

    @model_validator(mode="after")
    def _something_to_read(self) -> Self:
        if not self.kinds and not self.values:
            raise ValueError("a period step needs `kinds`, `values` or both")
        return self


class Period(Declared):
    """Read periods into ISO 8601 intervals."""

    period: PeriodRule


class UnpivotRule(Declared):
    """Which columns become rows."""

    columns: tuple[Column, ...] = Field(min_length=1)
    names: Column = Field(description="The new column for the old column names.")
    values: Column = Field("value", description="The new column for the cells.")


class Unpivot(Declared):
    """Turn columns into rows."""

    unpivot: UnpivotRule


class PivotRule(Declared):
    """Which column's texts become columns."""

    names: Column = Field(description="The column whose texts become column names.")
    values: Column = Field("value", description="The column whose cells fill them.")


class Pivot(Declared):
    """Turn rows into columns."""

    pivot: PivotRule


class Case(Declared):
    """One case of a derived column."""

    where: Where
    is_: str = Field(description="The text where the case matches.")


class DeriveRule(Declared):
    """What a new column holds."""

    column: Column
    value: str | None = Field(None, description="The same text in every row.")
    formula: str | None = Field(None, max_length=200, description="Columns and numbers joined by + - * / ( ).")
    cases: tuple[Case, ...] = Field((), description="The first case that matches.")
    otherwise: str | None = Field(None, description="The text where no case matches; an issue if left out.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum([self.value is not None, self.formula is not None, bool(self.cases)]) != 1:
            raise ValueError("a derived column needs exactly one of `value`, `formula` and `cases`")
        return self


class Derive(Declared):
    """Add a column, or replace one."""

    derive: DeriveRule


class TotalRule(Declared):
    """Which column is summed over."""

    over: Column = Field(description="The column whose rows are added up.")
    as_: str = Field("all", description="The text of that column in the new rows.")
    values: Column = "value"


class Total(Declared):
    """Add rows with totals. Where a part has no number the total has none either."""

    total: TotalRule


class JoinRule(Declared):
    """Which catalogue, and what to take from it."""

    catalogue: Catalogue
    on: Column = Field(description="The column that holds a code, or a name, of the catalogue.")
    take: dict[Id, Column] = Field(min_length=1, description="Key of the catalogue (or `code`) to the new column.")


class Join(Declared):
    """Add columns from a catalogue."""

    join: JoinRule


class SpreadRule(Declared):
    """Which column names the dimension, and which holds the category."""

    names: Column = Field(description="The column that says which breakdown a row is of.")
    values: Column = Field(description="The column that holds the category.")
    into: dict[str, Id] = Field(min_length=1, description="Name of a breakdown, as in the source, to dimension.")
    whole: tuple[str, ...] = Field((), description="Names that mean no breakdown; an empty name always does.")


class Spread(Declared):
    """Make one column a dimension from a pair of columns; `all` where a row does not use it."""

    spread: SpreadRule


class Transform(Declared):
    """Run `transform(table)` of a Python file beside the pipeline: one pure function, table to table."""

    transform: str = Field(pattern=r"^[A-Za-z0-9_]+\.py$", description="A file in the pipeline's folder.")


STEPS: tuple[type[Declared], ...] = (
    Rename,
    Keep,
    Drop,
    Filter,
    Recode,
    Period,
    Unpivot,
    Pivot,
    Derive,
    Total,
    Join,
    Spread,
    Transform,
)
STEP_NAMES = tuple(name for step in STEPS for name in step.model_fields)


def _name_of(step: Any) -> str | None:
    if isinstance(step, Declared):
        return next(iter(type(step).model_fields))
    return next((name for name in step if name in STEP_NAMES), None) if isinstance(step, dict) else None


Step = Annotated[
    Annotated[Rename, Tag("rename")]
    | Annotated[Keep, Tag("keep")]
    | Annotated[Drop, Tag("drop")]
    | Annotated[Filter, Tag("filter")]
    | Annotated[Recode, Tag("recode")]
    | Annotated[Period, Tag("period")]
    | Annotated[Unpivot, Tag("unpivot")]
    | Annotated[Pivot, Tag("pivot")]
    | Annotated[Derive, Tag("derive")]
    | Annotated[Total, Tag("total")]
    | Annotated[Join, Tag("join")]
    | Annotated[Spread, Tag("spread")]
    | Annotated[Transform, Tag("transform")],
    Discriminator(
        _name_of,
        custom_error_type="unknown_step",
        custom_error_message="a step is a mapping with one key, the name of the step",
    ),
]
