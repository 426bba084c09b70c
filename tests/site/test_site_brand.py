"""A brand: colours with enough contrast, a logo that cannot run anything, a footer; every fault at once."""

import re

import pytest
from browser import CHROMIUM, DESKTOP, PHONE, open_browser, serve, violations
from fixture_site import write_project
from hypothesis import given, settings
from hypothesis import strategies as st

from statpress.errors import BadDeclaration
from statpress.paths import Project
from statpress.site.brand.brand import read_brand
from statpress.site.brand.colours import complete_colours
from statpress.site.brand.contrast import TEXT, Use, contrast, find_nearest, find_worst
from statpress.site.brand.logo import clean_svg
from statpress.site.build import build_site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9v9z" fill="#ffffff"/></svg>'
HARMFUL = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="steal()">
<script>steal()</script><style>@import url(https://example.org/a.css);</style>
<a href="https://example.org/"><path d="M1 1z"/></a><image href="https://example.org/a.png"/>
<use xlink:href="https://example.org/a.svg#b"/><use href="#own"/><rect id="own" fill="url(https://example.org/#p)"
style="fill:url('https://example.org/')" onclick="steal()" width="4"/><g fill="url(#paint)"/>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">words</body></foreignObject></svg>"""
BRAND = {
    "logo": "brand/logo.svg",
    "colours": {"accent": "#00703C", "mark": "#d4351c"},
    "organisation": {"text": "Exampleshire <Council>", "address": "https://example.org/"},
    "contact": "data@example.org",
    "licence": {"text": "Open Government Licence 3.0", "address": "https://www.nationalarchives.gov.uk/doc/ogl"},
    "footer": "Made for everybody.",
    "links": [{"text": "Privacy", "address": "about/"}],
}
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def _write(root, **changes):
    """The fixture project with a brand."""
    write_project(root)
    folder = root / "site_src" / "brand"
    folder.mkdir()
    (folder / "logo.svg").write_text(SVG)
    _configure(root, BRAND | changes)
    return Project(root)


def _configure(root, brand):
    import json

    config = (root / "mkdocs.yml").read_text()
    assert config.count("  - statpress\n") == 1
    told = f"  - statpress:\n      brand: {json.dumps(brand)}\n"
    (root / "mkdocs.yml").write_text(config.replace("  - statpress\n", told))


@pytest.fixture(scope="module")
def branded(tmp_path_factory):
    """The folder of a site with a brand."""
    return build_site(_write(tmp_path_factory.mktemp("branded"))).path


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#12436d", "#12436d", 1)],
)
def test_contrast_is_that_of_the_guidelines(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


@settings(max_examples=40, deadline=None)
@given(colours)
def test_the_nearest_colour_has_enough_contrast(colour):
    uses = (Use("text", "#ffffff", TEXT), Use("text", "#f3f5f7", TEXT))
    nearest = find_nearest(colour, uses)
    assert find_worst(nearest, uses) is None
    assert nearest == colour or find_worst(colour, uses) is not None


@settings(max_examples=40, deadline=None)
@given(colours)
def test_whatever_is_made_from_an_accent_has_enough_contrast(accent):
    made = complete_colours({"accent": accent})
    assert contrast(made.accent_dark, "#15191e") >= TEXT
    assert contrast(made.accent_dark, "#1f252c") >= TEXT


@pytest.mark.parametrize(
    ("given_colours", "key", "needed"),
    [
        ({"accent": "#ffcc00"}, "accent", "4.5 to 1"),
        ({"accent": "#12436d", "accent_dark": "#12436d"}, "accent_dark", "4.5 to 1"),
        ({"mark": "#fffbcc"}, "mark", "3 to 1"),
        ({"mark": "#12436d", "mark_dark": "#0c2030"}, "mark_dark", "3 to 1"),
        ({"header": "#ffdd00"}, "header", "4.5 to 1"),
        ({"footer": "#888888", "footer_text": "#999999"}, "footer_text", "4.5 to 1"),
    ],
)
def test_a_colour_without_enough_contrast_is_told_with_one_that_has_it(tmp_path, given_colours, key, needed):
    with pytest.raises(BadDeclaration) as caught:
        read_brand({"colours": given_colours}, tmp_path, palette=False)
    issue = next(issue for issue in caught.value.issues if issue.key == f"plugins.statpress.brand.colours.{key}")
    assert issue.rule == "brand-contrast" and issue.file == "mkdocs.yml" and needed in issue.message
    offered = re.search(r"#[0-9a-f]{6}", issue.hint)[0]
    read_brand({"colours": given_colours | {key: offered}}, tmp_path, palette=False)


def test_yellow_goes_with_a_header_whose_text_is_black(tmp_path):
    brand = read_brand({"colours": {"header": "#ffdd00", "header_text": "#0b0c0c"}}, tmp_path, palette=False)
    assert "--md-primary-fg-color: #ffdd00" in brand.style and "--md-primary-bg-color: #0b0c0c" in brand.style


def test_every_fault_is_found_at_once(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "logo.svg").write_text(SVG)
    (tmp_path / "words" / "logo.svg").symlink_to(tmp_path / "logo.svg")
    content = {
        "logo": "logo.svg",
        "color": "#fff",
        "colours": {"accent": "#ffcc00", "acent": "#12436d", "mark": "red"},
        "organisation": {"text": "Ours", "address": "javascript:alert(1)"},
        "links": [{"text": "Away", "address": "//example.org/"}, {"address": 3}],
        "contact": "nobody",
    }
    with pytest.raises(BadDeclaration) as caught:
        read_brand(content, tmp_path / "words", palette=True)
    assert [(i.rule, i.key.removeprefix("plugins.statpress.brand.")) for i in caught.value.issues] == [
        ("brand-key", "color"),
        ("brand-contrast", "colours.accent"),
        ("brand-key", "colours.acent"),
        ("brand-colour", "colours.mark"),
        ("brand-address", "contact"),
        ("brand-key", "links.1.address"),
        ("brand-key", "links.1.text"),
        ("brand-logo", "logo"),
        ("brand-address", "organisation.address"),
        ("brand-palette", "theme.palette"),
    ]
    assert caught.value.exit_code == 10


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("https://example.org/logo.svg", "not a file of the project"),
        ("//example.org/logo.svg", "not a file of the project"),
        ("data:image/png;base64,AA", "not a file of the project"),
        ("../mkdocs.yml", "outside the folder"),
        ("missing.svg", "no file"),
        ("index.md", "neither an SVG nor a PNG"),
        ("false.png", "is none"),
        ("entity.svg", "cannot be read as SVG"),
    ],
)
def test_a_logo_is_a_picture_in_the_folder_of_words(tmp_path, path, message):
    words = tmp_path / "site_src"
    words.mkdir()
    (tmp_path / "mkdocs.yml").write_text("")
    (words / "index.md").write_text("# Words")
    (words / "false.png").write_text(SVG)
    (words / "entity.svg").write_text(f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}')
    with pytest.raises(BadDeclaration, match="bad declaration") as caught:
        read_brand({"logo": path}, words, palette=False)
    assert [message in issue.message for issue in caught.value.issues] == [True]


def test_an_svg_keeps_nothing_but_what_draws():
    clean = clean_svg(HARMFUL.encode()).decode()
    assert not re.search(r"script|steal|example\.org|import|foreign|words|style|onload|<a\b|image", clean)
    assert 'href="#own"' in clean and 'fill="url(#paint)"' in clean and 'width="4"' in clean


def test_a_brand_is_on_every_page(branded):
    for page in ("index.html", "indicators/looked-after/rate/index.html", "404.html"):
        text = (branded / page).read_text()
        assert "assets/brand.css" in text and re.search(r'<img src="[./]*assets/brand\.svg" alt="">', text)
        assert "Made for everybody." in text and "Exampleshire &lt;Council&gt;</a>." in text
        assert 'href="mailto:data@example.org"' in text and ">Privacy</a>" in text
    assert not (branded / "brand" / "logo.svg").exists()
    assert "<path" in (branded / "assets" / "brand.svg").read_text()


def test_a_wrong_brand_leaves_the_old_site(tmp_path):
    project = _write(tmp_path, colours={"accent": "#ffcc00"})
    with pytest.raises(BadDeclaration, match="1 issue"):
        build_site(project)
    assert not project.site.exists()


def test_a_language_that_we_do_not_have_is_told(tmp_path):
    write_project(tmp_path)
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text().replace("language: en", "language: fr"))
    with pytest.raises(BadDeclaration) as caught:
        build_site(Project(tmp_path))
    assert [(issue.rule, issue.key) for issue in caught.value.issues] == [("site-language", "theme.language")]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_brand_is_accessible_in_light_and_dark(branded, scheme):
    with serve(branded) as origin, open_browser() as browser:
        for viewport, paths in ((PHONE, ("", "indicators/looked-after/rate/")), (DESKTOP, ("areas/K/", "compare/"))):
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            for path in paths:
                page.goto(f"{origin}{path}")
                assert violations(page) == [], path
            page.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_brand_has_a_colour_for_links_in_the_dark(branded, script):
    with serve(branded) as origin, open_browser() as browser:
        context = browser.new_context(color_scheme="dark", java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{origin}about/")
        made = complete_colours({"accent": "#00703c"}).accent_dark
        told = page.evaluate("getComputedStyle(document.body).getPropertyValue('--sp-link').trim()")
        assert told == made
        context.close()
