"""The story of the site half: read the packages, describe what they say, render every page and file. All in memory.

Whatever is wrong with the packages is found here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from statpress.issue import Issue
from statpress.language.speak import read_language, say, speaking
from statpress.paths import Project
from statpress.site.facts.entries import read_words
from statpress.site.facts.topics import TopicPart, read_front_matter
from statpress.site.files.kept import noting
from statpress.site.pages.about import plan_about, render_about
from statpress.site.pages.api import write_api
from statpress.site.pages.compare import Versus
from statpress.site.pages.dashboard import render_dashboards
from statpress.site.pages.downloads import Download, make_everything
from statpress.site.pages.entries import Entry, keep_entries
from statpress.site.pages.finding import render_finding, render_index
from statpress.site.pages.gather import Facts, OnStep, gather_facts
from statpress.site.pages.kit import Kit
from statpress.site.pages.measures import Across, describe_unit, keep_across
from statpress.site.pages.navigation import Navigation, list_navigation
from statpress.site.pages.others import Contents, render_data, render_home, render_topic, render_topics, render_words
from statpress.site.pages.page import Asset, Page
from statpress.site.pages.plan import plan_measures, plan_packages, sum_around
from statpress.site.pages.products import Part, count_charts, list_units
from statpress.site.pages.redirects import Known, make_redirects
from statpress.site.pages.reference import list_pages_about, render_references
from statpress.site.pages.render import OVERRIDES, load_templates
from statpress.site.pages.report import render_reports
from statpress.site.pages.shipped import list_shipped
from statpress.site.pages.units import Find, Made, Products, find_nothing, make_units

Put = Callable[[Asset], Asset]


@dataclass(frozen=True)
class Site:
    """Everything that a set of packages makes."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    charts: int
    updated: str
    navigation: Navigation
    warnings: tuple[Issue, ...] = ()
    """What is not as it should be in words, and does not stop the build."""
    made: tuple[Made, ...] = ()
    """What was made of each unit."""
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
    find: Find = find_nothing,
) -> Site:
    """Every page and file of the site. Raises BadSource or FailedCheck with all issues of all packages.

    `put` is told each file of a package as soon as it is made, and says from where it is read from then on. What `find`
    finds of the last build is not made again.
    """
    with speaking(read_language(settings.language)), noting() as used:
        site = _make(project, settings, on_step, put, find)
    return replace(site, entries=frozenset({*used, *(name for made in site.made for name in made.products.entries)}))


def _make(project: Project, settings: Settings, on_step: OnStep, put: Put, find: Find) -> Site:
    kit = _make_kit(project, settings, put)
    facts = gather_facts(project, settings.words, kit.files, on_step, strict=settings.strict)
    kit.templates.globals["dashboards"] = facts.dashboards
    kit.templates.globals["pages_about"] = partial(list_pages_about, facts.references, facts.reports)
    around = _sum_around(facts, settings)
    parts, measures = plan_packages(facts, around), plan_measures(facts, around)
    units = [*(unit for part in parts for unit in list_units(kit, part)), *(describe_unit(kit, m) for m in measures)]
    made = make_units(units, find, partial(on_step, "Made parts of the site"))
    stock = _take_stock(kit, parts, measures, made)
    others = _render_others(kit, facts, stock, settings.words)
    pages = [*others, *(page for products in stock.products for page in products.pages)]
    words = read_words(settings.words, [page.source for page in pages])
    letters, index = render_index(kit, facts.catalogue, pages, words)
    pages += letters
    charts = count_charts(others) + sum(products.charts for products in stock.products)
    pages = [render_about(kit, page, facts.packages, pages, charts) if page.kind == "about" else page for page in pages]
    assets = _unique([*_list_assets(kit, facts, stock, others, explored=charts > 0), index])
    known = Known(pages, assets, [found.path for found in words])
    assets += make_redirects(kit, known, settings.redirects, facts.indicators)
    return Site(
        pages=tuple(pages),
        assets=tuple(assets),
        charts=charts,
        updated=max((package.released for package in facts.packages), default=""),
        navigation=list_navigation(facts),
        warnings=facts.warnings,
        made=tuple(made.values()),
    )


@dataclass(frozen=True)
class Stock:
    """What units made, as pages over many of them need it.

    `products` are those of packages and their indicators, and `entries` the latter in lists. `across` is what pages of
    areas say of each measure, and `versus` are the pages that compare areas on one.
    """

    products: Sequence[Products]
    everything: Download
    entries: Mapping[str, Sequence[Entry]]
    across: Sequence[Across]
    versus: Sequence[Page]


def _take_stock(kit: Kit, parts: Sequence[Part], measures: Sequence[Versus], made: Mapping[str, Made]) -> Stock:
    return Stock(
        [made[name].products for part in parts for name in part.names],
        make_everything([made[part.names[-1]].products.members for part in parts], kit.files),
        {part.package.id: keep_entries(kit, part.indicators, part.made_of) for part in parts},
        [keep_across(kit, measure) for measure in measures],
        [page for measure in measures for page in made[measure.shared.path].products.pages],
    )


def _render_others(kit: Kit, facts: Facts, stock: Stock, words: Path) -> list[Page]:
    """Every page that is of more than one unit, but those that tell of all pages."""
    contents = Contents(facts.packages, facts.topics, facts.reports, stock.entries)
    return [
        *_render_fixed(kit, contents, words, stock.everything),
        *render_reports(kit, facts.reports),
        *render_references(kit, facts.references, facts.indicators),
        *render_dashboards(kit, facts.dashboards),
        *render_finding(kit, facts.catalogue, stock.across, stock.versus),
    ]


def _list_assets(kit: Kit, facts: Facts, stock: Stock, others: Sequence[Page], *, explored: bool) -> list[Asset]:
    return [
        *(asset for products in stock.products for asset in products.assets),
        stock.everything.asset,
        *write_api(kit.name, facts.packages, facts.indicators, stock.everything),
        *(asset for page in others for asset in page.assets),
        *list_shipped(kit, explored=explored),
    ]


def _make_kit(project: Project, settings: Settings, put: Put) -> Kit:
    templates, cache = load_templates(settings.words, settings.data_language), project.cache
    return Kit(templates, settings.name, settings.address, cache / "charts", cache / "files", put)


def _sum_around(facts: Facts, settings: Settings) -> str:
    site = (settings.name, settings.address, settings.language, settings.data_language)
    return sum_around(facts, settings.words / OVERRIDES, site)


def _render_fixed(kit: Kit, contents: Contents, words: Path, everything: Download) -> list[Page]:
    packages, topics = contents.packages, contents.topics
    title = str(read_front_matter(words / "index.md").get("title", ""))
    return [
        render_home(kit, contents, title, everything),
        render_topics(kit, topics),
        *(render_topic(kit, topic, _list_entries(contents, topic)) for topic in topics),
        render_data(kit, packages, everything),
        render_words(kit, packages, "protect", say("How we protect people in small numbers")),
        plan_about(kit),
        render_words(kit, packages, "accessibility", say("Accessibility statement")),
    ]


def _list_entries(contents: Contents, topic: TopicPart) -> list[Entry]:
    return [entry for package in topic.packages for entry in contents.entries[package.id]]


def _unique(assets: Sequence[Asset]) -> list[Asset]:
    return list({asset.path: asset for asset in assets}.values())
