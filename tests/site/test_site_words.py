"""The words of a site: every catalogue is complete, and no page says anything that is in none of them."""

import importlib.util
import re
import shutil
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
from browser import CHROMIUM, DESKTOP, open_browser, serve
from finding_site import write_project as write_councils
from fixture_site import MKDOCS, write_project
from pseudo import find_bare, list_data, read_texts, speak_pseudo
from test_site_averages import averages as average_neighbours
from test_site_dashboard import write as write_how_we_do

from statpress.language.find import find_messages, read_catalogue
from statpress.language.speak import LANGUAGES, read_language, speaking
from statpress.packages.read import read_package
from statpress.paths import Project
from statpress.site import plugin
from statpress.site.build import build_site
from statpress.site.facts.book import describe_book
from statpress.site.facts.indicator import describe_indicators
from statpress.site.pages import make
from statpress.site.pages.speak import speak_script
from statpress.status import STATUSES, speak_statuses

OTHERS = [language for language in LANGUAGES if language != "en"]
PLACES = re.compile(r"%\(\w+\)s")
TAGS = re.compile(r"<[^>]*>|&\w+;")
SAME = {"Data", "Bar", "Label", "Ward", "symbol", "M"}
"""Words that are written alike in English and Welsh."""
LOOKS = re.compile(r"^[.#\[]|^sp-|\$\{|^a an and ")
KEYS = {"Enter", "Escape", "Figure", "no index"}
"""Keys of a keyboard, and what is never shown."""
HIDDEN = "Vega visualization"
"""What Vega says of a drawing that is hidden from those who are told of it in our words."""
AREAS = ["dim ardaloedd", *["%(number)s ardal"] * 5]


def _ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_message_and_no_other(language):
    asked = {(message.context, message.id) for message in find_messages() if message.id}
    known = {(message.context, message.id) for message in read_catalogue(language) if message.id}
    assert asked - known == set(), "run `make words`, and translate these"
    assert known - asked == set(), "run `make words`"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_in_every_plural_form(language):
    catalogue = read_catalogue(language)
    forms = len(read_language(language).plurals)
    assert catalogue.num_plurals == forms
    empty = [m.id for m in catalogue if m.id and (m.fuzzy or not all(text.strip() for text in _strings(m)))]
    short = [m.id for m in catalogue if isinstance(m.id, tuple) and len(m.string) != forms]
    assert (empty, short) == ([], [])


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_and_the_markup_of_its_message(language):
    for message in read_catalogue(language):
        places = {place for text in _ids(message) for place in PLACES.findall(text)}
        spare = {place for text in _ids(message) for place in places - set(PLACES.findall(text))} | {"%(number)s"}
        for text in _strings(message) if message.id else ():
            found = set(PLACES.findall(text))
            assert found <= places and places - found <= (spare if isinstance(message.id, tuple) else set()), text
            assert sorted(TAGS.findall(text)) == sorted(TAGS.findall(_ids(message)[0])), text
            assert text.count("%") == len(PLACES.findall(text)), text


def test_welsh_is_not_english():
    alike = {m.id for m in read_catalogue("cy") if isinstance(m.id, str) and m.id == m.string}
    assert {text for text in alike if re.search("[A-Za-z]{2}", PLACES.sub("", text)) and text not in SAME} == {
        "%(size)s MB",
        "%(size)s kB",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_statuses_stay_different_things(language):
    with speaking(read_language(language)):
        told = speak_statuses()
    assert list(told) == list(STATUSES)
    assert len({status.title for status in told.values()}) == len({status.meaning for status in told.values()}) == 10


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "dim codau"), (1, "1 cod"), (2, "2 god"), (3, "3 chod"), (4, "4 cod"), (6, "6 chod"), (1000, "1,000 cod"),
    ],
)  # fmt: skip
def test_welsh_counts_in_six_forms(number, expected):
    assert read_language("cy").count_of(number, "%(number)s code", "%(number)s codes") == expected


def _build(root, monkeypatch, write=write_project, language="cy"):
    write(root)
    config = root / "mkdocs.yml"
    text = config.read_text()
    assert text.count("language: en") == 1
    config.write_text(text.replace("language: en", f"language: {language}").replace("      title: On this page\n", ""))
    return build_site(Project(root)).path


def _theme_words():
    """What the theme itself says in Welsh."""
    folder = Path(importlib.util.find_spec("material").origin).parent / "templates" / "partials" / "languages"
    return re.findall(r': "([^"]+)"', (folder / "cy.html").read_text())


def _list_pages(site):
    return [*sorted(site.rglob("*.html")), *sorted(site.rglob("*.svg"))]


@pytest.fixture
def pseudo(monkeypatch):
    """Builds speak the language that nobody speaks."""
    language = speak_pseudo()
    monkeypatch.setattr(make, "read_language", lambda code: language)
    monkeypatch.setattr(plugin, "read_language", lambda code: language)
    return language


def _list_own(root):
    """What the configuration of the site and the theme say."""
    config = (root / "mkdocs.yml").read_text()
    return [*re.findall(r"^(?:site_name|site_description|copyright): (.*)$", config, re.M), *_theme_words()]


def _find_on_pages(root, site):
    data = list_data(root, *_list_own(root))
    found = {
        page.relative_to(site).as_posix(): find_bare(read_texts(page.read_text()), data) for page in _list_pages(site)
    }
    return {page: bare for page, bare in found.items() if bare}


def write_dashboard(root):
    """A site with a dashboard, and an average of neighbours whose members are known."""
    write_how_we_do(root / "datapackages" / "how-we-do")
    average_neighbours(root / "datapackages", {"K": 90, "A": 10, "B": 20, "C": "", "N": 21.0})
    (root / "site_src").mkdir()
    (root / "mkdocs.yml").write_text(MKDOCS)


@pytest.mark.parametrize("write", [write_project, write_councils, write_dashboard])
def test_no_page_says_what_is_in_no_catalogue(tmp_path, monkeypatch, pseudo, write):
    site = _build(tmp_path, monkeypatch, write)
    assert _find_on_pages(tmp_path, site) == {}


def test_a_bare_word_in_a_template_is_found(tmp_path, monkeypatch, pseudo):
    templates = tmp_path / "site_src" / "_templates"
    templates.mkdir(parents=True)
    (templates / "about.html").write_text(
        '<div class="sp"><h1>{{ page.title }}</h1><p title="Hint">Bare words</p></div>'
    )
    found = _find_on_pages(tmp_path, _build(tmp_path, monkeypatch))
    assert found == {"about/index.html": ["Bare words", "Hint"]}


def test_no_workbook_or_table_says_what_is_in_no_catalogue(tmp_path, pseudo):
    write_project(tmp_path)
    package = read_package(tmp_path / "datapackages" / "looked-after")
    with speaking(pseudo):
        book = describe_book(package, describe_indicators(package), package.title)
    sheets = [book.notes, *book.sheets]
    texts = [*book.cover, *book.names, *book.listed, *(text for s in sheets for text in (s.name, *s.above, *s.header))]
    texts += [cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str)]
    assert find_bare(texts, list_data(tmp_path)) == []


@pytest.mark.parametrize("name", ["statpress.js", "find.js", "compare.js"])
def test_no_script_has_a_text_of_its_own(name):
    script = files("statpress.site").joinpath("assets", name).read_text()
    script = re.sub(r"/\*.*?\*/|^\s*//.*$", "", script, flags=re.S | re.M)
    script = re.sub(r'\b(say|countOf)\((?:[^"()]+,)?(\s*"[^"\n]*",?)+', "", script)
    texts = [text for found in re.findall(r'"([^"\n]*)"|`([^`]*)`', script) for text in found]
    said = [
        text for text in texts if re.search(r"[a-z] [a-z]|^[A-Z][a-z]+$|[a-z][.!?]$", text) and not LOOKS.search(text)
    ]
    assert sorted(set(said) - KEYS) == []


def test_a_script_speaks_the_language_of_the_site():
    with speaking(read_language("cy")):
        script = speak_script('say("Copy"); countOf(n, "%(number)s area", "%(number)s areas", { n });')
    assert script == f'say("Copïo"); countOf(n, [{", ".join(chr(34) + form + chr(34) for form in AREAS)}], {{ n }});'


def test_texts_of_packages_are_not_marked_where_they_speak_the_language_of_the_site(site):
    assert (
        'lang="en"' not in (site / "indicators" / "looked-after" / "rate" / "index.html").read_text().split("<body")[1]
    )


def test_a_welsh_site_is_welsh(tmp_path, monkeypatch):
    site = _build(tmp_path, monkeypatch)
    page = (site / "indicators" / "looked-after" / "rate" / "index.html").read_text()
    assert '<html lang="cy"' in page
    assert "Mae hynny 3.0 yn uwch na'r ffigur yn 2017/18 (92.0)." in unescape(page)
    assert "Wedi'i atal" in unescape(page) and "1 Rhagfyr 2019" in page
    assert re.search(r'<h1 id="content" [^>]*lang="en">Rate of children looked after</h1>', page)
    assert '<html lang="cy">' in (site / "indicators" / "looked-after" / "rate" / "embed" / "trend.html").read_text()
    assert "Heb ganfod y dudalen" in (site / "404.html").read_text()
    assert '"Copïo"' in (site / "assets" / "statpress.js").read_text()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
def test_nothing_that_scripts_announce_is_in_no_catalogue(tmp_path, monkeypatch, pseudo):
    site = _build(tmp_path, monkeypatch)
    data = list_data(tmp_path, *_list_own(tmp_path), "xyzzy", "lookde", "looked", HIDDEN)
    shutil.copy(site / "404.html", site / "lookde.html")
    with serve(site) as origin, open_browser() as browser:
        said = list(_use(browser.new_page(viewport=DESKTOP), origin))
    assert find_bare(said, data) == [], find_bare(said, data)
    wide = [text for text in said if re.search("[\uff21-\uff5a]", text)]
    assert len(set(wide)) > 20


def _use(page, origin):
    """What a page says when one sorts, copies, explores, searches, compares and gets lost."""
    page.set_default_timeout(5_000)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{origin}indicators/looked-after/rate/")
    page.locator(".sp-sort").first.click()
    yield from _listen(page)
    page.locator(".sp-sort").last.click()
    page.locator(".sp-share button").first.click()
    page.locator(".sp-chart-tools button").first.click()
    page.locator(".sp-explored .sp-plot svg").first.wait_for()
    yield from _listen(page)
    for path in (
        "search/?q=xyzzy",
        "search/?q=lookde",
        "search/?q=looked%20xyzzy",
        "compare/?areas=K,R,none",
        "lookde.html",
    ):
        page.goto(f"{origin}{path}")
        page.wait_for_timeout(500)
        yield from _listen(page)
    page.goto(f"{origin}search/")
    page.locator("#sp-query").type("looked")
    page.locator(".sp-found li").first.wait_for()
    yield from _listen(page)


def _listen(page):
    """What the page says by now, as its script left it."""
    return read_texts(page.content())
