"""The page of an indicator in a real browser: charts that are explored, tables that sort and filter, and what it weighs."""

import gzip
import json
import zipfile

import pytest
from browser import CHROMIUM, DESKTOP, PHONE, violations
from fixture_councils import write_councils
from fixture_site import write_project

from statpress.paths import Project
from statpress.site.build import build_site
from statpress.site.pages.gallery import render_gallery

PAGES = {
    "many areas with intervals": "indicators/councils/absence/",
    "target": "indicators/councils/helped/",
    "bands": "indicators/councils/score/",
    "overlap": "indicators/councils/factors/",
    "parts": "indicators/councils/journey/",
}
EMBEDS = {
    "panels": "indicators/councils/absence/embed/panels.html",
    "trend": "indicators/looked-after/rate/embed/trend.html",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The fixture site with a package that has every kind of chart."""
    root = write_project(tmp_path_factory.mktemp("charts"))
    write_councils(root / "datapackages" / "councils")
    return build_site(Project(root)).path


@pytest.mark.parametrize("path", [*PAGES.values(), *EMBEDS.values()], ids=[*PAGES, *EMBEDS])
def test_axe_finds_nothing_on_pages_of_every_kind_of_chart(visit, path):
    found = {}
    for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
        page = visit(path, color_scheme=scheme, viewport=size)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        found[scheme] = violations(page)
    assert found == {"light": [], "dark": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", ["indicators/councils/absence/", "indicators/missing/share/"])
def test_the_first_view_is_light(visit, site, path):
    page = visit("about/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{page.url.removesuffix('about/')}{path}")
    page.wait_for_load_state("networkidle")
    origin = page.url.removesuffix(path)
    files = [url.removeprefix(origin) or path for url in asked if url.startswith(origin)]
    sizes = {
        name: len(gzip.compress((site / name / "index.html" if name.endswith("/") else site / name).read_bytes(), 6))
        for name in files
    }
    assert sum(sizes.values()) <= 70_000, sizes
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 20_000, sizes


def test_the_ends_of_intervals_are_told_with_their_measure_alone(site):
    """They have no page, no entry in search, A to Z or the API; their old addresses lead to the measure."""
    listed = json.loads((site / "api/v1/indicators.json").read_text())["indicators"]
    own = [entry["measure"] for entry in listed if entry["package"] == "councils"]
    assert own == ["absence", "helped", "score", "journey", "factors"]
    assert "lower limit" not in (site / "assets/find.json").read_text()
    for end in ("absence-low", "absence-high"):
        stub = (site / f"indicators/councils/{end}/index.html").read_text()
        assert '<meta http-equiv="refresh" content="0; url=../../../indicators/councils/absence/">' in stub
    rows = (site / "indicators/councils/absence/absence.csv").read_text().splitlines()
    assert {row.split(",")[0] for row in rows[1:]} == {"absence", "absence-low", "absence-high"}
    assert (site / "data/councils/latest/councils.csv").read_text().count("absence-low") == 14
    assert "Absence rate, lower limit" in read_sheets(site / "data/councils/latest/councils.xlsx")


def read_sheets(path):
    with zipfile.ZipFile(path) as book:
        return " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_a_chart_is_explored_by_keyboard_and_by_pointer(visit):
    page = visit("indicators/looked-after/rate/")
    assert page.locator(".sp-explored").count() == 0
    button = page.get_by_role("button", name="Explore “Rate of children looked after over time, Kesteven”")
    button.click()
    plot = page.get_by_role("group", name="Rate of children looked after over time, Kesteven")
    plot.locator("svg").wait_for()
    assert button.get_attribute("aria-pressed") == "true"
    assert not page.locator(".sp-chart svg.sp-svg").first.is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("Kesteven, 2016/17: [c]").is_visible()
    plot.locator(".mark-symbol path").last.hover()
    assert page.locator(".sp-explored [role=status]").first.inner_text() == "Kesteven, 2018/19: 95.0 [p]"
    assert violations(page) == []
    button.click()
    assert page.locator(".sp-chart svg.sp-svg").first.is_visible()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_kind_of_chart_is_explored_under_the_policy_of_the_page(visit, path):
    page = visit(path)
    for number, button in enumerate(page.get_by_role("button", name="Explore").all(), start=1):
        button.click()
        page.locator(".sp-explored svg").nth(number - 1).wait_for()


def test_a_script_that_was_slipped_into_a_page_does_not_run(browser, origin):
    page = browser.new_page()
    page.goto(f"{origin}indicators/looked-after/rate/")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "'sha256-" in scripts
    slip = "part.textContent = 'document.title = `slipped`'; document.body.append(part); return document.title;"
    title = page.evaluate(f"() => {{ const part = document.createElement('script'); {slip} }}")
    assert "Rate of children" in title
    page.close()


def column(page, number):
    return page.locator(f"#figures tbody tr td:nth-of-type({number})").all_inner_texts()


def test_a_table_sorts_says_so_and_returns(visit):
    page = visit("indicators/councils/absence/")
    head = page.locator("#figures").get_by_role("columnheader", name="2018/19")
    before = column(page, 4)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, 4)[0].startswith("27.5%")
    assert column(page, 4)[-1].startswith("[c]")
    assert page.get_by_text("Sorted by 2018/19, highest first.").count() == 1
    head.get_by_role("button").click()
    assert column(page, 4)[0].startswith("13.5%")
    assert column(page, 4)[-1].startswith("[c]")
    head.get_by_role("button").press("Enter")
    assert column(page, 4) == before
    assert head.get_attribute("aria-sort") is None


def test_a_long_table_filters_and_says_how_many_rows_are_left(visit):
    page = visit("indicators/councils/absence/")
    page.get_by_label("Show rows with").first.fill("number 1")
    assert page.locator("#figures tbody tr:visible").count() == 5
    assert page.get_by_text("5 of 15 rows.").count() == 1


def test_a_short_table_has_no_box_to_filter_it(visit):
    assert visit("indicators/looked-after/rate/").get_by_label("Show rows with").count() == 0


def test_addresses_to_share_are_whole_and_the_code_to_embed_shows_the_chart(visit):
    page = visit("indicators/looked-after/rate/")
    assert page.get_by_label("Address of this page").input_value() == page.url
    code = page.get_by_label("Code that puts the first chart into another page").input_value()
    assert 'title="Rate of children looked after over time, Kesteven"' in code
    page.evaluate("code => { document.body.innerHTML = code; }", code)
    frame = page.frame_locator("iframe")
    assert frame.get_by_role("img", name="Rate of children looked after over time, Kesteven").is_visible()
    assert frame.get_by_role("link", name="See all figures").get_attribute("target") == "_parent"


def test_without_javascript_nothing_is_promised_that_needs_it(visit):
    page = visit("indicators/councils/absence/", java_script_enabled=False)
    assert page.locator(".sp button:visible, .sp input:visible").count() == 2
    assert page.get_by_role("link", name="PNG of “Absence rate over time, Kesteven”").is_visible()


def test_the_reader_s_choice_of_dark_is_kept(visit):
    page = visit("indicators/looked-after/rate/", color_scheme="light")
    page.get_by_title("Switch to dark mode").click()
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_the_gallery_has_no_fault_in_light_and_dark(browser, tmp_path):
    (tmp_path / "gallery.html").write_text(render_gallery(tmp_path / "charts"))
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(f"file://{tmp_path}/gallery.html")
        assert page.locator("svg").count() > 40
        assert violations(page) == []
        page.close()
