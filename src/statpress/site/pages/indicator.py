"""The page of one indicator: the figure, how it changed and compares, charts, the full table, and its terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from statpress.site.charts.describe import Chart, describe_charts
from statpress.site.charts.svg import render_chart
from statpress.site.facts.indicator import Figure, Indicator
from statpress.site.facts.numbers import describe_unit, write_value
from statpress.site.facts.phrases import write_period, write_period_inside
from statpress.site.facts.sentences import (
    write_care,
    write_change,
    write_comparison,
    write_group_comparisons,
    write_qualifier,
    write_summary,
)
from statpress.site.facts.table import Notes, describe_tables, find_statuses
from statpress.site.facts.topics import TopicPart
from statpress.site.pages.cite import write_citation
from statpress.site.pages.downloads import Download, IndicatorFiles
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page, Section
from statpress.status import STATUSES, WITHHELD, Status

MOST_RELATED: Final = 6


@dataclass(frozen=True)
class Headline:
    """The figure that leads: what stands big, and what stands beside it."""

    value: str
    unit: str
    about: str
    when: str
    status: Status | None


@dataclass(frozen=True)
class Drawing:
    """A chart with its drawing."""

    id: str
    heading: str
    unit: str
    words: str
    svg: Markup


def render_indicator(
    kit: Kit, indicator: Indicator, topic: TopicPart, files: IndicatorFiles, archive: Download
) -> Page:
    """The page of an indicator, which offers `files`, and its package as the zip `archive`."""
    notes = Notes()
    tables = describe_tables(indicator, notes)
    charts = [draw(kit, chart) for chart in describe_charts(indicator)]
    page = Page(
        path=indicator.path,
        title=indicator.measure.title,
        description=write_summary(indicator),
        body="",
        sections=_sections(indicator, charts),
        kind="indicator",
    )
    return render_page(
        kit,
        page,
        indicator=indicator,
        topic=topic,
        headline=describe_headline(indicator),
        sentences=write_sentences(indicator),
        charts=charts,
        tables=tables,
        notes=notes.texts,
        statuses=find_statuses(indicator.figures),
        protected=_is_protected(indicator),
        withheld=sum(figure.status == WITHHELD for figure in indicator.figures),
        files=files,
        archive=archive,
        citation=write_citation(indicator.package, kit.where(indicator.path), indicator.measure.title),
        related=_list_related(indicator, topic),
        address=kit.where(indicator.path),
    )


def describe_headline(indicator: Indicator) -> Headline | None:
    """The leading figure as it stands big on a page, or None when there is no single one."""
    figure = indicator.headline
    if figure is None:
        return None
    status = STATUSES.get(figure.status)
    value = write_value(figure.value, indicator.measure) if figure.value is not None else ""
    about = f"{figure.area.name}, {write_period_inside(figure.period)}"
    return Headline(value, _unit(indicator, figure), about, write_period(figure.period), status)


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


def draw(kit: Kit, chart: Chart) -> Drawing:
    """A chart with its drawing."""
    svg = Markup(render_chart(chart, kit.cache))  # noqa: S704 - our own drawing, its words escaped
    return Drawing(chart.id, chart.heading, chart.unit, chart.words, svg)


def _list_related(indicator: Indicator, topic: TopicPart) -> list[Indicator]:
    """A few other indicators of the topic, those of the same package first."""
    others = [other for other in topic.indicators if other is not indicator]
    return sorted(others, key=lambda other: other.package is not indicator.package)[:MOST_RELATED]


def _is_protected(indicator: Indicator) -> bool:
    """Whether the page leads with a withheld figure."""
    leading = [indicator.headline] if indicator.headline else indicator.figures
    return all(figure.value is None for figure in leading) and any(figure.status == WITHHELD for figure in leading)


def _unit(indicator: Indicator, figure: Figure) -> str:
    unit = describe_unit(indicator.measure)
    kind = indicator.measure.kind
    return "" if unit in ("%", "£") or kind == "money" or (figure.value == 1 and kind == "count") else unit


def _sections(indicator: Indicator, charts: list[Drawing]) -> tuple[Section, ...]:
    return list_sections(
        chart=("Charts" if len(charts) > 1 else "Chart") if charts else "",
        table="Table",
        meaning="What this is",
        caveats="Before you use this" if indicator.caveats else "",
        sources="Where this comes from",
        download="Download",
        cite="How to cite",
    )
