"""The site in a real browser: no axe violation, nothing asked of another origin, whole without JavaScript."""

import pytest
from browser import CHROMIUM, DESKTOP, PHONE, violations

PAGES = {
    "home": "",
    "topics": "topics/",
    "topic": "topics/missing/",
    "topic without figures": "topics/asylum-seekers/",
    "trend": "indicators/looked-after/rate/",
    "single figure": "indicators/looked-after/number/",
    "withheld": "indicators/looked-after/hidden/",
    "not available": "indicators/looked-after/missing-figure/",
    "two dimensions": "indicators/missing/share/",
    "areas and groups": "indicators/exclusions/rate/",
    "data": "data/",
    "package": "data/missing/",
    "package of other software": "data/bus-stops/",
    "quality": "data/missing/quality/",
    "protect": "how-we-protect-people/",
    "about": "about/",
    "accessibility": "accessibility/",
    "reports": "reports/",
    "report": "reports/kesteven/",
    "references": "reference/",
    "reference": "reference/duration/",
    "not found": "404.html",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_dark_on_a_desktop_and_on_a_phone(visit, name):
    found = {}
    for scheme, body in (("light", "default"), ("dark", "slate")):
        page = visit(PAGES[name], color_scheme=scheme)
        page.evaluate("document.querySelectorAll('.sp details').forEach(part => part.open = true)")
        assert page.evaluate("document.body.dataset.mdColorScheme") == body
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            found[scheme, size["width"]] = violations(page)
    assert found == {size: [] for size in found}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_axe_would_find_a_fault(visit):
    page = visit("")
    page.evaluate("document.querySelector('.sp-intro, .sp p').style.color = '#aaa'")
    assert [rule for rule, _ in violations(page)] == ["color-contrast"]


def test_the_reader_may_switch_to_dark(visit):
    page = visit("", color_scheme="light")
    page.get_by_title("Switch to dark mode").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_without_javascript_a_page_is_whole_and_keeps_the_colours_of_the_device(visit):
    page = visit(PAGES["trend"], java_script_enabled=False, color_scheme="dark")
    for words in ("The rate of children looked after in Kesteven", "In words:"):
        assert page.get_by_text(words).first.is_visible()
    assert page.get_by_role("table", name="Rate of children looked after by area and period").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 30)"
    assert page.locator("svg.sp-svg").first.is_visible()
    assert page.get_by_role("link", name="This table").is_visible()


def test_marks_are_read_as_words(visit):
    page = visit(PAGES["two dimensions"])
    table = page.locator("#figures-sex-age").aria_snapshot()
    assert 'row "Girls 12.5% Withheld Not available"' in table
    assert 'row "Boys 0.0% 60.0% Close to zero"' in table
    assert "[c]" not in table
    assert page.locator("#figures-sex-age [aria-hidden=true]").first.inner_text() == "[low]"


def test_a_table_has_a_caption_and_scoped_heads_in_a_region_that_takes_the_focus(visit):
    page = visit(PAGES["trend"], viewport=PHONE)
    region = page.get_by_role("region", name="Rate of children looked after by area and period")
    region.focus()
    assert region.evaluate("part => part === document.activeElement")
    assert region.get_by_role("columnheader", name="Kesteven").count() == 1
    assert region.get_by_role("rowheader", name="2015/16").count() == 1
    assert region.evaluate("part => getComputedStyle(part.querySelector('tbody th')).position") == "sticky"
    assert region.evaluate("part => getComputedStyle(part.querySelector('td')).textAlign") == "right"


def test_a_chart_is_one_image_with_its_words(visit):
    page = visit(PAGES["trend"])
    image = page.get_by_role("img", name="Rate of children looked after over time, Kesteven")
    assert image.count() == 1
    assert "2016/17: withheld" in image.first.text_content()


def test_the_skip_link_leads_to_the_content(visit):
    page = visit(PAGES["trend"])
    page.keyboard.press("Tab")
    assert "md-skip" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_on_a_phone_the_keyboard_never_leads_off_the_screen(visit):
    page = visit(PAGES["trend"], viewport=PHONE, reduced_motion="reduce")
    places = []
    for _ in range(12):
        page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        places.append(page.evaluate("document.activeElement.getBoundingClientRect().right"))
    assert min(places) >= 0


def test_figures_in_a_column_line_up(visit):
    page = visit(PAGES["trend"])
    assert page.locator("#figures").evaluate("part => getComputedStyle(part).fontVariantNumeric") == "tabular-nums"
    edges = page.locator("#figures tbody td:nth-of-type(2)").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().right)"
    )
    assert len(set(edges)) == 1


def test_a_page_prints_without_its_frame_and_with_its_address(visit):
    page = visit(PAGES["trend"], color_scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible()
    assert page.locator(".sp-print-only").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.sp h1')).color") == "rgb(0, 0, 0)"
