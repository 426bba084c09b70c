"""Finding and comparing in a real browser: with keys alone, on a phone, without JavaScript, and with slips of typing."""

import re

import pytest
from browser import CHROMIUM, DESKTOP, PHONE, serve, violations

PAGES = {
    "areas": "areas/",
    "area": "areas/K/",
    "area without figures": "areas/NL/",
    "compare": "compare/",
    "areas compared": "compare/?areas=K,L,E",
    "measures compared": "compare/?areas=K,L&indicators=repeat-rate,phases",
    "measure compared": "compare/repeat-rate/",
    "search": "search/",
    "results": "search/?q=plans",
    "a to z": "a-to-z/",
    "updates": "updates/",
    "topics": "topics/",
    "lost": "404.html",
}
NARROW = {"width": 320, "height": 640}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def origin(councils):
    """The address at which the site of two councils is served."""
    with serve(councils) as address:
        yield address


def settle(page):
    """Wait until a page that is put together in the browser has said what it shows."""
    if "?" in page.url:
        page.locator(".sp-said", has_text=re.compile("Showing|result|Nothing")).wait_for()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(visit, name):
    found = {}
    for scheme in ("light", "dark"):
        page = visit(PAGES[name], color_scheme=scheme)
        settle(page)
        page.evaluate("document.querySelectorAll('.sp details').forEach(part => part.open = true)")
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            found[scheme, size["width"]] = violations(page)
    assert found == {size: [] for size in found}
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_box_of_results_has_no_fault_while_it_is_open(visit):
    for scheme in ("light", "dark"):
        page = visit("", color_scheme=scheme)
        page.locator("#sp-find").fill("plans")
        page.locator("#sp-found-0 li").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert violations(page) == []


def test_the_index_is_loaded_when_somebody_turns_to_the_search_box_and_not_before(visit):
    page = visit("areas/K/")
    asked = []
    page.on("request", lambda request: "find" in request.url and asked.append(request.url))
    page.wait_for_timeout(200)
    assert asked == []
    page.locator("#sp-find").focus()
    page.wait_for_timeout(200)
    assert [url.rsplit("/", 1)[-1] for url in asked] == ["find.json"]


def test_search_with_keys_alone(visit):
    page = visit("about/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "sp-find":
            break
    box = page.get_by_role("combobox", name="Search").first
    assert box.evaluate("part => part === document.activeElement")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.type("repeat")
    option = page.get_by_role("option", name="Repeat plans").first
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "2 results" in page.locator(".sp-find [role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert option.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    option.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicators/*/repeat-rate/")


def test_enter_without_a_choice_shows_all_results_at_an_address(visit):
    page = visit("about/")
    page.locator("#sp-find").fill("plans")
    page.locator("#sp-found-0 li").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=plans")
    settle(page)
    assert "results for “plans”" in page.locator(".sp-said").inner_text()
    assert page.locator("#sp-query").input_value() == "plans"
    assert page.title().startswith("plans - ")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("repeet plans", "indicators/plans/repeat-rate/"),
        ("Kestevn", "areas/K/"),
        ("exclusoins", "indicators/plans/phases/"),
        ("chidlren looked aftr", "indicators/plans/single/"),
        ("second plan", "indicators/plans/repeat-rate/"),
        ("SOCIAL WORKER", "indicators/plans/same/"),
        ("secur", "indicators/plans/hidden/"),
        ("heads count", "notes/method/"),
        ("E", "areas/E/"),
    ],
)
def test_search_finds_what_is_meant(visit, typed, path):
    page = visit(f"search/?q={typed}")
    settle(page)
    links = page.locator(".sp-results a").evaluate_all("links => links.map(link => link.pathname.slice(1))")
    assert path in links[:3]


def test_search_says_when_only_some_words_fit_and_when_nothing_does(visit):
    page = visit("search/?q=exclusions elephants")
    settle(page)
    assert page.locator(".sp-said").inner_text().startswith("Nothing has all of these words. 1 result")
    page = visit("search/?q=elephants")
    settle(page)
    assert "Nothing was found for “elephants”" in page.locator(".sp-said").inner_text()
    assert page.locator(".sp-results li").count() == 0


def test_markup_in_what_is_searched_for_is_text(visit):
    page = visit("search/?q=%3Cimg src=x onerror=alert(1)%3E plans")
    settle(page)
    assert page.locator(".sp-search img").count() == 0


def test_without_javascript_search_leads_to_the_lists(visit):
    page = visit("", java_script_enabled=False)
    page.locator("#sp-find").fill("plans")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=plans")
    assert page.locator("noscript p").is_visible()
    page.locator("noscript a, .sp-empty a").first.click()
    assert page.get_by_role("link", name="Repeat plans").first.is_visible()


def test_without_javascript_a_comparison_is_complete(visit):
    page = visit("compare/?areas=K", java_script_enabled=False)
    assert page.locator("noscript p").is_visible()
    assert not page.locator(".sp-choose").is_visible()
    page.get_by_role("link", name="Repeat plans").click()
    assert page.get_by_role("row", name="Repeat plans, Kesteven").is_visible()
    assert page.get_by_role("columnheader", name="Rank", exact=True).is_visible()


def test_the_address_of_a_comparison_holds_the_choice(visit):
    page = visit("compare/?areas=K,E")
    settle(page)
    assert page.locator(".sp-side thead th").all_inner_texts() == ["Measure", "Kesteven", "England"]
    row = page.get_by_role("row", name="Repeat plans")
    assert "15.2" in row.inner_text() and "20.8" in row.inner_text()
    assert page.get_by_label("Kesteven", exact=True).is_checked()
    assert page.locator(".sp-side a").first.get_attribute("href").endswith("/areas/K/")


def test_choosing_with_keys_writes_the_address_and_moves_to_the_answer(visit):
    page = visit("compare/")
    assert page.locator(".sp-choosing").get_attribute("open") is not None
    page.get_by_label("Kesteven", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Choose Repeat plans").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Compare", exact=True).last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?areas=K&indicators=repeat-rate")
    settle(page)
    page.locator("#compared:focus").wait_for()
    assert "Showing 1 measure." in page.locator(".sp-said").inner_text()
    codes = page.locator(".sp-compared tr[data-area]").evaluate_all("rows => rows.map(row => row.dataset.area)")
    assert codes == ["K", "NK"]
    page.go_back()
    page.locator(".sp-compared:empty").wait_for(state="attached")
    assert not page.get_by_label("Kesteven", exact=True).is_checked()


def test_the_neighbours_of_another_council_are_not_shown_beside_a_chosen_one(visit):
    page = visit("compare/?areas=L,E&indicators=repeat-rate")
    settle(page)
    codes = page.locator(".sp-compared tr[data-area]").evaluate_all("rows => rows.map(row => row.dataset.area)")
    assert set(codes) == {"L", "E", "NL"}


def test_choices_that_are_not_there_are_told(visit, browser, origin):
    page = browser.new_context().new_page()
    page.goto(f"{origin}compare/?areas=K,NOWHERE")
    page.locator(".sp-said", has_text="could not be found").wait_for()
    assert "Showing 1 area." in page.locator(".sp-said").inner_text()
    page.context.close()


def test_a_lost_reader_is_offered_what_the_address_may_have_meant(visit, councils):
    page = visit("about/")
    lost = (councils / "404.html").read_text()
    page.route("**/indicators/repeet-plans/", lambda route: route.fulfill(body=lost, content_type="text/html"))
    page.goto(f"{page.url.removesuffix('about/')}indicators/repeet-plans/")
    page.locator(".sp-results a").first.wait_for()
    assert page.locator(".sp-said").inner_text() == "Were you looking for one of these?"
    assert page.locator(".sp-results a").first.inner_text() == "Repeat plans"


def test_an_old_address_leads_on_without_javascript(visit):
    page = visit("indicators/old-plans/second-plans/", java_script_enabled=False)
    page.wait_for_url("**/indicators/plans/repeat-rate/")
    assert page.get_by_role("heading", level=1).inner_text() == "Repeat plans"


def test_the_stub_of_an_old_address_has_no_fault(visit, councils):
    page = visit("about/")
    stub = (councils / "data" / "old-plans" / "index.html").read_text().replace('http-equiv="refresh"', 'name="still"')
    page.route("**/data/old-plans/", lambda route: route.fulfill(body=stub, content_type="text/html"))
    page.goto(f"{page.url.removesuffix('about/')}data/old-plans/")
    assert violations(page) == []


def test_on_a_phone_the_rows_of_an_area_are_read_as_a_table(visit):
    page = visit("areas/K/", viewport=PHONE)
    assert page.get_by_role("rowheader", name="Repeat plans").is_visible()
    row = page.get_by_role("row", name="Repeat plans")
    assert row.get_by_role("cell").count() >= 4
    assert page.get_by_role("columnheader", name="Latest").count() == 1


def test_on_a_phone_search_is_one_tap_away(visit):
    page = visit("areas/K/", viewport=PHONE)
    assert not page.locator("#sp-find").is_visible()
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/search/")
    page.locator("#sp-query:focus").wait_for()
