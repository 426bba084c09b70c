"""The story of the site half: read the packages, describe what they say, render every page and file. All in memory.

Whatever is wrong with the packages is found here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import files
from pathlib import Path

from statpress.issue import Issue
from statpress.language.speak import read_language, say, speaking
from statpress.packages.package import Package
from statpress.packages.read import read_packages
from statpress.paths import Project
from statpress.site.charts.svg import render_vega
from statpress.site.facts.catalogue import describe_catalogue
from statpress.site.facts.entries import read_words
from statpress.site.facts.indicator import Indicator, describe_indicators
from statpress.site.facts.reference import Reference, read_references
from statpress.site.facts.topics import TopicPart, describe_topics, read_front_matter, read_topic_words
from statpress.site.files.kept import noting
from statpress.site.pages.about import plan_about, render_about
from statpress.site.pages.api import write_api
from statpress.site.pages.dashboard import DashboardPage, list_dashboards, render_dashboards
from statpress.site.pages.downloads import Download, make_everything
from statpress.site.pages.finding import render_finding, render_index
from statpress.site.pages.forked import map_forked
from statpress.site.pages.kit import Kit
from statpress.site.pages.others import Contents, render_data, render_home, render_topic, render_topics, render_words
from statpress.site.pages.page import Asset, Page
from statpress.site.pages.products import Products, count_charts, make_products
from statpress.site.pages.record import Record, find_kept, sum_around, sum_package, sum_topic
from statpress.site.pages.redirects import Known, make_redirects
from statpress.site.pages.reference import list_pages_about, render_references
from statpress.site.pages.render import OVERRIDES, load_templates
from statpress.site.pages.report import render_reports
from statpress.site.pages.speak import speak_script
from statpress.site.reports.read import Report, read_reports

OnStep = Callable[[str, int, int], None]
"""Told what was done, how many are done, and how many there are."""


Put = Callable[[Asset], Asset]


@dataclass(frozen=True)
class Site:
    """Everything that a set of packages makes."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    charts: int
    updated: str
    navigation: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    warnings: tuple[Issue, ...] = ()
    """What is not as it should be in words, and does not stop the build."""
    made: tuple[tuple[str, Products], ...] = ()
    """What was made of each package, with the sum of what it was made of."""
    entries: frozenset[str] = frozenset()
    """What the stores keep for it."""


def hold(asset: Asset) -> Asset:
    """Leave a file in memory."""
    return asset


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


def make_site(
    project: Project,
    settings: Settings,
    on_step: OnStep = say_nothing,
    *,
    put: Put = hold,
    record: Record | None = None,
) -> Site:
    """Every page and file of the site. Raises BadSource or FailedCheck with all issues of all packages.

    `put` is told each file of a package as soon as it is made, and says from where it is read from then on. What is the
    same as in the `record` of the last build is not made again.
    """
    with speaking(read_language(settings.language)), noting() as used:
        site = _make(project, settings, on_step, put, record or Record())
    return replace(site, entries=frozenset({*used, *(name for _, made in site.made for name in made.entries)}))


def _make(project: Project, settings: Settings, on_step: OnStep, put: Put, record: Record) -> Site:
    packages = read_packages(project, on_step)
    own = {package.id: describe_indicators(package) for package in packages}
    indicators = [indicator for found in own.values() for indicator in found]
    topics = describe_topics(packages, indicators, read_topic_words(settings.words / "topics"))
    reports, warnings = read_reports(settings.words, packages, indicators, strict=settings.strict)
    references = read_references(settings.words, indicators)
    catalogue = describe_catalogue(packages, indicators, topics)
    dashboards = list_dashboards(packages, indicators)
    kit = _make_kit(project, settings, put)
    kit.templates.globals["dashboards"] = dashboards
    kit.templates.globals["pages_about"] = partial(list_pages_about, references, reports)
    about = [*map(_list_about, references), *map(_list_about, reports)]
    sums = _sum_all(packages, topics, _sum_around(kit, settings, about))
    kept = {name: found for name in sums if (found := find_kept(record, name, sums[name], project.site))}
    made = _make_all(kit, Contents(packages, topics, reports), own, kept, on_step)
    everything = make_everything([products.members for products in made], kit.files)
    others = [
        *_render_fixed(kit, Contents(packages, topics, reports), settings.words, everything),
        *render_reports(kit, reports),
        *render_references(kit, references, indicators),
        *render_dashboards(kit, dashboards),
        *render_finding(kit, catalogue, dashboards),
    ]
    pages = [*others, *(page for products in made for page in products.pages)]
    words = read_words(settings.words, [page.source for page in pages])
    letters, index = render_index(kit, catalogue, pages, words)
    charts = count_charts(others) + sum(products.charts for products in made)
    pages += letters
    pages = [render_about(kit, page, packages, pages, charts) if page.kind == "about" else page for page in pages]
    beside = [asset for page in others for asset in page.assets]
    api = write_api(kit.name, packages, indicators, everything)
    assets = _unique(
        [
            *(asset for products in made for asset in products.assets),
            *(everything.asset, *api, index, *beside, *_list_own(kit, explored=charts > 0)),
        ]
    )
    known = Known(pages, assets, [found.path for found in words])
    assets += make_redirects(kit, known, settings.redirects, indicators)
    return Site(
        pages=tuple(pages),
        assets=tuple(assets),
        charts=charts,
        updated=max((package.released for package in packages), default=""),
        navigation=_navigate(topics, reports, references, dashboards),
        warnings=warnings,
        made=tuple((sums[products.package], products) for products in made),
    )


def _make_kit(project: Project, settings: Settings, put: Put) -> Kit:
    templates, cache = load_templates(settings.words, settings.data_language), project.cache
    return Kit(templates, settings.name, settings.address, cache / "charts", cache / "files", put)


def _sum_around(kit: Kit, settings: Settings, about: Sequence[object]) -> str:
    spoken = (settings.language, settings.data_language)
    return sum_around(kit.name, kit.address, settings.words / OVERRIDES, [*spoken, *about])


def _sum_all(packages: Sequence[Package], topics: Sequence[TopicPart], around: str) -> dict[str, str]:
    """The sum of everything that each package's pages and files are made of, by its name."""
    sums = {topic.id: sum_topic(topic) for topic in topics}
    return {p.id: sum_package(p, sums[p.words.topic.id] if p.words else "", around) for p in packages}


def _list_about(part: Reference | Report) -> tuple[str, str, list[str]]:
    """A reference or report as pages name it, with the measures or indicators whose pages do."""
    named = part.measures if isinstance(part, Reference) else [used.path for used in part.drawing.used]
    return (part.path, part.title, sorted(named))


def _make_all(
    kit: Kit,
    contents: Contents,
    indicators: Mapping[str, Sequence[Indicator]],
    kept: Mapping[str, Products],
    on_step: OnStep,
) -> list[Products]:
    topic_of = {topic.id: topic for topic in contents.topics}
    anew = [package for package in contents.packages if package.id not in kept]

    def make(package: Package) -> Products:
        topic = topic_of[package.words.topic.id] if package.words else None
        return make_products(kit, package, indicators[package.id], topic)

    total = len(contents.packages)
    made = map_forked(make, anew, lambda done: on_step("Made packages", len(kept) + done, total))
    found = {**kept, **{products.package: products for products in made}}
    return [found[package.id] for package in contents.packages]


def _render_fixed(kit: Kit, contents: Contents, words: Path, everything: Download) -> list[Page]:
    packages, topics = contents.packages, contents.topics
    title = str(read_front_matter(words / "index.md").get("title", ""))
    return [
        render_home(kit, contents, title, everything),
        render_topics(kit, topics),
        *(render_topic(kit, topic) for topic in topics),
        render_data(kit, packages, everything),
        render_words(kit, packages, "protect", say("How we protect people in small numbers")),
        plan_about(kit),
        render_words(kit, packages, "accessibility", say("Accessibility statement")),
    ]


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
