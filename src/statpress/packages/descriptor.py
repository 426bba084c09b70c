"""What `datapackage.json` says, as frozen models.

A package may be made by other software, so that nearly everything may be missing, unknown keys are left alone and
numbers are taken for text where text is meant.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, Field

from statpress.packages.dashboard import Dashboard
from statpress.packages.rating import Rating
from statpress.packages.releases import FORM, EarlierRelease, QualityCheck, Release


class _Part(BaseModel):
    model_config = FORM


class License(_Part):
    """Under which terms the data may be used."""

    name: str = ""
    title: str = ""
    path: str = ""


class Source(_Part):
    """Where figures come from, with the section and lines that print them."""

    title: str = ""
    path: str = ""
    publisher: str = ""
    published: str = ""
    section: str = ""
    lines: str | list[str] | None = None
    licence: str = ""
    file: str = ""
    bytes: int | None = None
    hash: str = ""


class Contributor(_Part):
    """Who made the package."""

    title: str = ""
    path: str = ""
    role: str = ""
    roles: list[str] = []


class Column(_Part):
    """One field of a schema, as the data dictionary shows it."""

    name: str
    title: str = ""
    type: str = "any"
    format: str = ""
    description: str = ""
    unit: str = ""
    constraints: dict[str, Any] = {}
    categories: list[Any] = []
    example: str | None = None

    @property
    def allowed(self) -> tuple[str, ...]:
        """The values that the field may have, when they are listed."""
        listed = self.constraints.get("enum") or self.categories
        return tuple(str(item.get("value", "") if isinstance(item, dict) else item) for item in listed)


class ForeignKey(_Part):
    """Fields that refer to another file."""

    fields: str | list[str]
    reference: dict[str, Any]


class Schema(_Part):
    """The columns of a file and its keys."""

    fields: list[Column] = []
    primary_key: str | list[str] = Field(default=[], alias="primaryKey")
    foreign_keys: list[ForeignKey] = Field(default=[], alias="foreignKeys")


class Dialect(_Part):
    """How a text table is written."""

    delimiter: str = Field(default=",", min_length=1, max_length=1)
    quote_char: str = Field(default='"', alias="quoteChar", min_length=1, max_length=1)
    header: bool = True


class ResourceEntry(_Part):
    """One file of the package, as the descriptor names it."""

    name: str = ""
    path: str | list[Any] | None = None
    title: str = ""
    description: str = ""
    format: str = ""
    mediatype: str = ""
    encoding: str = "utf-8"
    bytes: int | None = None
    hash: str = ""
    dialect: Dialect | str = Dialect()
    schema_: Schema | str = Field(default=Schema(), alias="schema")

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields of the schema; none when the schema is a reference."""
        return tuple(self.schema_.fields) if isinstance(self.schema_, Schema) else ()


class Topic(_Part):
    """The part of the site that the package belongs to."""

    id: str
    title: str
    description: str = ""
    section: str = ""
    order: int = 0


class Coverage(_Part):
    """The time that the figures are about."""

    start: str | None = None
    end: str | None = None


class DimensionEntry(_Part):
    """One way in which figures are broken down."""

    id: str
    title: str
    adds_up: bool = False


class BandEntry(_Part):
    """A part of the scale of a score, both ends included."""

    low: Decimal
    high: Decimal
    title: str


class TargetEntry(_Part):
    """What is aimed at: the value, for which area (that of the package if none is named), and by when."""

    value: Decimal
    title: str = ""
    area: str = ""
    by: str = ""


class IntervalEntry(_Part):
    """The measures that hold the lower and upper ends of a confidence interval, and its level such as `95%`."""

    lower: str
    upper: str
    level: str = ""


class MeasureEntry(_Part):
    """What the descriptor says of one measure beyond its code list."""

    id: str
    dimensions: list[str] = []
    sources: list[int] = []
    caveats: list[str] = []
    unprotected: str = ""
    alt: str = ""
    chart: str = ""
    """The kind of chart that its publisher chose, or nothing."""
    bands: list[BandEntry] = []
    targets: list[TargetEntry] = []
    interval: IntervalEntry | None = None
    numerator: str = ""
    """The measure that it counts, where that is in another package."""
    denominator: str = ""
    """The measure that it is out of, where that is in another package."""
    also: list[str] = []
    """Other words that readers search for."""
    formerly: list[str] = []
    rating: Rating | None = None
    statutory: str = ""
    """What the law or the national return says that it counts, or nothing."""
    denominator_reason: str = ""
    """Why no denominator is smaller than the measure says, or nothing."""


class GroupEntry(_Part):
    """The areas that a group of neighbours is the average of."""

    area: str
    members: list[str] = []


class Caveat(_Part):
    """Something a reader must know before using a figure; a `conflict` is told wherever one of its figures is."""

    id: str
    text: str
    conflict: bool = False


class Proof(_Part):
    """How a release was proved safe: the standard asked for, and the least that stays possible of a withheld count."""

    standard: str = ""
    withheld_counts: int = 0
    possible_values: int | None = None
    certificate: str = ""


class Disclosure(_Part):
    """How people in small numbers are protected, in words and numbers."""

    policy: str = ""
    title: str = ""
    words: list[str] = []
    rules: dict[str, Any] = {}
    source: str = ""
    withheld: int = 0
    observations: int = 0
    proof: Proof | None = None


class Ledger(_Part):
    """What became of each row of the sources."""

    source_rows: int = 0
    published: int = 0
    withheld: int = 0
    left_out: dict[str, int] = {}


class Statpress(_Part):
    """What Data Package has no word for."""

    format: Literal[1]
    topic: Topic
    area: str = ""
    formerly: list[str] = []
    """Names that the package had in earlier releases."""
    release: Release = Release()
    releases: list[EarlierRelease] = []
    contact: str = ""
    methodology: str = ""
    coverage: Coverage = Coverage()
    dimensions: list[DimensionEntry] = []
    measures: list[MeasureEntry] = []
    caveats: list[Caveat] = []
    disclosure: Disclosure = Disclosure()
    ledger: Ledger = Ledger()
    quality: list[QualityCheck] = []
    dashboard: Dashboard | None = None
    groups: list[GroupEntry] = []


class Descriptor(_Part):
    """A whole `datapackage.json`."""

    name: str = ""
    title: str = ""
    description: str = ""
    version: str = ""
    created: str = ""
    homepage: str = ""
    licenses: list[License] = []
    sources: list[Source] = []
    contributors: list[Contributor] = []
    keywords: list[str] = []
    resources: list[ResourceEntry] = Field(min_length=1)
    statpress: Statpress | None = None


class Measure(_Part):
    """What was counted: one row of `measures.csv`."""

    id: str = Field(alias="measure", pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    title: str = Field(min_length=1)
    definition: str = ""
    unit: str = ""
    kind: Literal["count", "percentage", "rate", "mean", "ratio", "score", "amount", "money", "rank"] = "count"
    decimals: int = Field(default=0, ge=0, le=12)
    polarity: Literal["high", "low", "none"] = "none"
    numerator: str = ""
    denominator: str = ""
    denominator_at: Literal["same", "total"] = "same"
    denominator_at_least: int | None = Field(default=None, ge=1)
    change_of: str = ""
    base: Decimal | None = None
    matters: str = ""
    reading: str = ""
