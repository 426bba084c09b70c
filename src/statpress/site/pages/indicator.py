"""The page of one indicator: the figure, how it changed and compares, charts, the full table, and its terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from statpress.language.speak import say
from statpress.site.facts.comparison import Comparison, describe_comparison
from statpress.site.facts.heading import POLARITY, Heading, describe_heading
from statpress.site.facts.indicator import Figure, Indicator, Shape
from statpress.site.facts.numbers import describe_unit, write_value
from statpress.site.facts.phrases import join_words, lower_first, write_period_inside
from statpress.site.facts.sentences import (
    write_care,
    write_change,
    write_comparison,
    write_group_comparisons,
    write_qualifier,
    write_summary,
)
from statpress.site.facts.table import Notes, Table, describe_tables, find_statuses
from statpress.site.facts.topics import TopicPart
from statpress.site.pages.cite import write_citation
from statpress.site.pages.downloads import Download, IndicatorFiles
from statpress.site.pages.drawings import Drawing, draw_charts, list_assets, write_frame
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page, Section
from statpress.status import WITHHELD, Status, speak_statuses

MOST_RELATED: Final = 6


@dataclass(frozen=True)
class Headline:
    """The figure that leads: what stands big, and what stands beside it."""

    value: str
    unit: str
    about: str
    status: Status | None


@dataclass(frozen=True)
class Part:
    """One way in which the figures are broken down: what it is called, its charts and its table."""

    id: str
    title: str
    charts: tuple[Drawing, ...]
    table: Table


def render_indicator(
    kit: Kit, indicator: Indicator, topic: TopicPart, files: IndicatorFiles, archive: Download
) -> Page:
    """The page of an indicator, which offers `files`, and its package as the zip `archive`."""
    notes = Notes()
    drawings = draw_charts(kit, indicator)
    main, *breakdowns = _list_parts(indicator, drawings, notes)
    comparison = describe_comparison(indicator)
    charts = [drawing for part in drawings.values() for drawing in part]
    page = Page(
        path=indicator.path,
        title=indicator.measure.title,
        description=write_summary(indicator),
        body="",
        sections=_sections(indicator, main, breakdowns, comparison),
        kind="indicator",
        assets=list_assets(charts),
    )
    checksum = archive.sha256
    return render_page(
        kit,
        page,
        indicator=indicator,
        topic=topic,
        headline=describe_headline(indicator),
        tags=list_tags(indicator),
        heading=_describe_heading(indicator),
        polarity=say(POLARITY[indicator.measure.polarity]),
        sentences=write_sentences(indicator),
        main=main,
        breakdowns=breakdowns,
        parts_first=_is_single(main, breakdowns),
        comparison=comparison,
        notes=notes.texts,
        statuses=find_statuses(indicator.figures),
        protected=_is_protected(indicator),
        withheld=sum(figure.status == WITHHELD for figure in indicator.figures),
        files=files,
        archive=archive,
        checksum=checksum,
        citation=write_citation(indicator.package, kit.where(indicator.path), indicator.measure.title, checksum),
        related=_list_related(indicator, topic),
        address=kit.where(indicator.path),
        permanent=kit.full(indicator.path),
        frame=write_frame(kit, charts[0]) if charts else "",
        shown=charts[0] if charts else None,
    )


def list_tags(indicator: Indicator) -> list[str]:
    """What kind of figures these are: the kind of release, and the status of the leading number."""
    words = indicator.package.words
    figure = indicator.headline
    kind = [words.release.type] if words and words.release.type else []
    has_status = figure is not None and figure.value is not None and figure.status
    return kind + ([speak_statuses()[figure.status].title] if figure and has_status else [])


def describe_headline(indicator: Indicator) -> Headline | None:
    """The leading figure as it stands big on a page, or None when there is no single one."""
    figure = indicator.headline
    if figure is None:
        return None
    status = speak_statuses().get(figure.status)
    value = write_value(figure.value, indicator.measure) if figure.value is not None else ""
    about = f"{figure.area.name}, {write_period_inside(figure.period)}"
    return Headline(value, _unit(indicator, figure), about, status)


def write_sentences(indicator: Indicator) -> list[str]:
    """What the page says of its leading figure, one sentence each."""
    figure = indicator.headline
    if figure is None:
        return [write_summary(indicator), *write_group_comparisons(indicator)]
    whole = indicator.of_shape(())
    return [
        sentence
        for sentence in (
            write_summary(indicator),
            write_qualifier(figure),
            write_care(figure),
            write_change(figure, whole, indicator.measure),
            write_comparison(figure, whole, indicator.measure),
        )
        if sentence
    ]


def _list_parts(indicator: Indicator, drawings: dict[Shape, tuple[Drawing, ...]], notes: Notes) -> list[Part]:
    tables = zip(indicator.shapes, describe_tables(indicator, notes), strict=True)
    return [
        Part(
            "-".join(["by", *shape]),
            say("By %(groups)s", groups=join_words([lower_first(indicator.dimensions[name].title) for name in shape])),
            drawings[shape],
            table,
        )
        for shape, table in tables
    ]


def _describe_heading(indicator: Indicator) -> Heading | None:
    figure = indicator.headline
    return describe_heading(figure, indicator.of_shape(()), indicator.measure) if figure else None


def _list_related(indicator: Indicator, topic: TopicPart) -> list[Indicator]:
    """A few other indicators of the topic, the nearest first."""
    return topic.near(indicator, MOST_RELATED)


def _is_protected(indicator: Indicator) -> bool:
    """Whether the page leads with a withheld figure."""
    leading = [indicator.headline] if indicator.headline else indicator.figures
    return all(figure.value is None for figure in leading) and any(figure.status == WITHHELD for figure in leading)


def _unit(indicator: Indicator, figure: Figure) -> str:
    unit = describe_unit(indicator.measure)
    kind = indicator.measure.kind
    return "" if unit in ("%", "£") or kind == "money" or (figure.value == 1 and kind == "count") else unit


def _is_single(main: Part, breakdowns: list[Part]) -> bool:
    """Whether the figures that are not broken down are but one, which stands big on the page already."""
    return bool(breakdowns) and not main.charts and len(main.table.rows) == 1 and len(main.table.columns) == 1


def _sections(
    indicator: Indicator, main: Part, breakdowns: list[Part], comparison: Comparison | None
) -> tuple[Section, ...]:
    parts = {"breakdowns": say("Breakdowns") if breakdowns else ""}
    middle = {"table": say("Table"), "compare": say("How it compares") if comparison else ""}
    return list_sections(
        chart=(say("Charts") if len(main.charts) > 1 else say("Chart")) if main.charts else "",
        **(parts | middle if _is_single(main, breakdowns) else middle | parts),
        meaning=say("Why it matters and how to read it"),
        caveats=say("Before you use this") if indicator.caveats else "",
        sources=say("About these figures"),
        download=say("Download"),
        cite=say("Cite and share"),
    )
