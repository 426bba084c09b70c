"""The story of the site half: read the packages, describe what they say, render every page and file. All in memory.

Whatever is wrong with the packages is found here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path

from statpress.language.speak import read_language, say, speaking
from statpress.packages.read import read_packages
from statpress.paths import Project
from statpress.site.charts.svg import render_vega
from statpress.site.facts.catalogue import describe_catalogue
from statpress.site.facts.entries import read_words
from statpress.site.facts.indicator import Indicator, describe_indicators
from statpress.site.facts.reference import Reference, read_references
from statpress.site.facts.topics import TopicPart, describe_topics, read_front_matter, read_topic_words
from statpress.site.pages.about import plan_about, render_about
from statpress.site.pages.api import write_api
from statpress.site.pages.dashboard import DashboardPage, list_dashboards, render_dashboards
from statpress.site.pages.data import render_package
from statpress.site.pages.finding import render_finding, render_index
from statpress.site.pages.indicator import render_indicator
from statpress.site.pages.kit import Kit
from statpress.site.pages.others import Contents, render_data, render_home, render_topic, render_topics, render_words
from statpress.site.pages.page import Asset, Page, Site
from statpress.site.pages.quality import quality_path, render_quality
from statpress.site.pages.redirects import Known, make_redirects
from statpress.site.pages.reference import list_pages_about, render_references
from statpress.site.pages.render import load_templates
from statpress.site.pages.report import render_reports
from statpress.site.pages.shelf import Shelf, make_shelf
from statpress.site.pages.speak import speak_script
from statpress.site.reports.read import Report, read_reports

OnStep = Callable[[str, int, int], None]
"""Told what was done, how many are done, and how many there are."""


def say_nothing(what: str, done: int, total: int) -> None:
    """The listener that nobody hears."""


@dataclass(frozen=True)
class Settings:
    """What the configuration of the site says: its name, its address (may be empty), the folder of its words.

    `redirects` are old addresses, each with the address that it leads to.
    """

    name: str
    address: str
    words: Path
    redirects: Mapping[str, str] = field(default_factory=dict)
    strict: bool = True
    """Whether what is not as it should be in words stops the build."""
    language: str = "en"
    """The language of the site, one of those that are complete."""
    data_language: str = "en"
    """The language of the texts in packages."""


def make_site(project: Project, settings: Settings, on_step: OnStep = say_nothing) -> Site:
    """Every page and file of the site. Raises BadSource or FailedCheck with all issues of all packages."""
    with speaking(read_language(settings.language)):
        return _make(project, settings, on_step)


def _make(project: Project, settings: Settings, on_step: OnStep) -> Site:
    packages = read_packages(project, on_step)
    indicators = [indicator for package in packages for indicator in describe_indicators(package)]
    topics = describe_topics(packages, indicators, read_topic_words(settings.words / "topics"))
    reports, warnings = read_reports(settings.words, packages, indicators, strict=settings.strict)
    references = read_references(settings.words, indicators)
    catalogue = describe_catalogue(packages, indicators, topics)
    kit = Kit(
        load_templates(settings.words, settings.data_language),
        settings.name,
        settings.address,
        project.cache / "charts",
        project.cache / "files",
    )
    dashboards = list_dashboards(packages, indicators)
    kit.templates.globals["dashboards"] = dashboards
    kit.templates.globals["pages_about"] = partial(list_pages_about, references, reports)
    shelf = make_shelf(packages, indicators, kit.files)
    pages = [
        *_render_fixed(kit, Contents(packages, topics, reports), settings.words, shelf),
        *render_reports(kit, reports),
        *render_references(kit, references, indicators),
        *render_dashboards(kit, dashboards),
        *_render_indicators(kit, indicators, topics, shelf, on_step),
        *(render_package(kit, p, [i for i in indicators if i.package is p], shelf.packages[p.id]) for p in packages),
        *(render_quality(kit, package) for package in packages if quality_path(package)),
        *render_finding(kit, catalogue, dashboards),
    ]
    words = read_words(settings.words, [page.source for page in pages])
    letters, index = render_index(kit, catalogue, pages, words)
    pages += letters
    pages = [render_about(kit, page, packages, pages) if page.kind == "about" else page for page in pages]
    beside = [asset for page in pages for asset in page.assets]
    api = write_api(kit.name, packages, indicators, shelf)
    own = _list_own(kit, explored=any(page.assets for page in pages if page.kind == "indicator"))
    assets = _unique([*shelf.assets, *api, index, *beside, *own])
    known = Known(pages, assets, [found.path for found in words])
    assets += make_redirects(kit, known, settings.redirects, indicators)
    return Site(
        pages=tuple(pages),
        assets=tuple(assets),
        charts=sum(page.body.count('class="sp-svg"') for page in pages),
        updated=max((package.released for package in packages), default=""),
        navigation=_navigate(topics, reports, references, dashboards),
        warnings=warnings,
    )


def _render_fixed(kit: Kit, contents: Contents, words: Path, shelf: Shelf) -> list[Page]:
    packages, topics = contents.packages, contents.topics
    title = str(read_front_matter(words / "index.md").get("title", ""))
    return [
        render_home(kit, contents, title, shelf.everything),
        render_topics(kit, topics),
        *(render_topic(kit, topic) for topic in topics),
        render_data(kit, packages, shelf.everything),
        render_words(kit, packages, "protect", say("How we protect people in small numbers")),
        plan_about(kit),
        render_words(kit, packages, "accessibility", say("Accessibility statement")),
    ]


def _render_indicators(
    kit: Kit, indicators: Sequence[Indicator], topics: Sequence[TopicPart], shelf: Shelf, on_step: OnStep
) -> list[Page]:
    topic_of = {topic.id: topic for topic in topics}
    pages = []
    for number, indicator in enumerate(indicators, start=1):
        words = indicator.package.words
        if words:
            files = shelf.indicators[indicator.path]
            pages.append(
                render_indicator(
                    kit, indicator, topic_of[words.topic.id], files, shelf.packages[indicator.package.id][0]
                )
            )
        on_step(f"Made {indicator.path}", number, len(indicators))
    return pages


def _navigate(
    topics: Sequence[TopicPart],
    reports: Sequence[Report],
    references: Sequence[Reference],
    dashboards: Sequence[DashboardPage],
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return (
        _one(say("Home"), ""),
        (say("Topics"), ((say("All topics"), "topics/"), *((topic.title, topic.path) for topic in topics))),
        *(
            [(say("Reports"), ((say("All reports"), "reports/"), *((r.title, r.path) for r in reports)))]
            * bool(reports)
        ),
        *([_one(say("Dashboards"), "dashboards/")] if dashboards else []),
        *([_one(say("Reference"), "reference/")] if references else []),
        _one(say("Areas"), "areas/"),
        _one(say("Compare"), "compare/"),
        _one(say("A to Z"), "a-to-z/"),
        (say("Data"), ((say("Data"), "data/"), (say("Latest updates"), "updates/"))),
        (say("Protecting people"), ((say("How we protect people"), "how-we-protect-people/"),)),
        _one(say("About"), "about/"),
        _one(say("Accessibility"), "accessibility/"),
    )


def _one(title: str, path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return (title, ((title, path),))


def _unique(assets: Sequence[Asset]) -> list[Asset]:
    return list({asset.path: asset for asset in assets}.values())


_SCRIPTS = ("statpress.js", "find.js", "compare.js")


def _list_own(kit: Kit, *, explored: bool) -> list[Asset]:
    """The style and script of every page, and Vega where there are charts to explore."""
    assets = files("statpress.site").joinpath("assets")
    style = b"".join(assets.joinpath(name).read_bytes() for name in ("statpress.css", "finding.css", "indicator.css"))
    own = [Asset("assets/embed.css", assets.joinpath("embed.css").read_bytes())]
    own += [
        Asset(f"assets/{name}", speak_script(assets.joinpath(name).read_text("utf-8")).encode()) for name in _SCRIPTS
    ]
    vega = [Asset("assets/vega.js", render_vega(kit.cache))] if explored else []
    return [Asset("assets/statpress.css", style), *own, *vega]
