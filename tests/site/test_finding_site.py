"""The pages by which readers find their way, as they are built: areas, comparisons, search, A to Z, old addresses."""

import gzip
import hashlib
import html
import json
import re
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from finding_site import AREAS, write_project
from fixture_packages import edit
from fixture_site import MKDOCS
from test_site_build import parse

from statpress.errors import BadDeclaration
from statpress.paths import Project
from statpress.site.build import build_site


def read(councils, path):
    return html.unescape((councils / path / "index.html").read_text())


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_every_area_has_a_page_and_stands_in_the_list_with_its_code(councils):
    listed = read(councils, "areas")
    for code, (name, _, _) in AREAS.items():
        assert (councils / "areas" / code / "index.html").is_file()
        assert f"<code>{code}</code>" in listed
        assert name in listed


def test_an_area_page_links_to_what_it_lies_in_and_to_its_parts(councils):
    page = read(councils, "areas/K")
    for link in ('href="../R/"', 'href="../E/"', 'href="../W/"', 'href="../NK/"', 'href="../../areas/"'):
        assert link.replace("../", "../../areas/", 1) in page or link in page, link


def test_an_area_page_tells_each_measure_in_words(councils):
    page = text_of(read(councils, "areas/K"))
    for words in (
        "Of 11 measures:",
        "2 improved",
        "1 declined",
        "1 withheld to protect people",
        "15.2 per 100 plans",
        "Down, better (−0.8) since 2017/18",
        "Lower than England ( 20.8 )",
        "Second best quarter",
        "Rank 4 of 9; 1 more without a figure (1 is the lowest, which is better)",
        "Amber",
        "Primary schools: 2.1",
        "Ratings follow declared rules: The council's own targets.",
    ):
        assert words in page, words


@pytest.mark.parametrize("path", ["", "areas/K", "areas/D1", "compare/repeat-rate", "topics/safe"])
def test_how_a_source_contradicts_itself_is_told_where_its_figure_is(councils, path):
    page = text_of(read(councils, path))
    assert "[note 1] The source gives the rate in two ways." in page.replace("\xa0", " ")
    assert len(re.findall(r'href="#note-1"', read(councils, path))) >= 1
    assert "Plans are not children." not in page


def test_pages_without_such_a_figure_tell_nothing_of_it(councils):
    for path in ("areas/L", "topics/care"):
        assert "contradict themselves" not in read(councils, path)


def test_no_colour_of_good_or_bad_without_a_polarity(councils):
    rows = re.findall(
        r'<tr role="row" data-measure="(open|new-count|single--plans)">(.*?)</tr>', read(councils, "areas/K"), re.S
    )
    assert len(rows) == 3
    assert not [name for name, row in rows if re.search(r"sp-tone|sp-way-(better|worse)", row)]


def test_an_area_without_figures_says_so_and_leads_on(tmp_path):
    root = write_project(tmp_path)
    edit(root / "datapackages" / "plans", "areas", "W,Wold ward,ward,K", "W,Wold ward,ward,K\nX,Empty,ward,K")
    page = read(build_site(Project(root)).path, "areas/X")
    assert "There are no figures for Empty itself." in page
    assert 'href="../../areas/K/"' in page


def test_a_comparison_ranks_areas_of_a_kind_and_tells_what_is_missing(councils):
    page = text_of(read(councils, "compare/repeat-rate"))
    for words in ("1 area has no number here.", "4 of 9 (1 more without a figure)", "1 of 9, shared",
                  "Difference from England", "These figures are about other times"):  # fmt: skip
        assert words in page, words


def test_rows_of_neighbours_name_their_council(councils):
    page = read(councils, "compare/repeat-rate")
    assert '<tr data-area="NK" data-of="K" class="sp-wide">' in page
    assert '<tr data-area="NL" data-of="L" class="sp-wide">' in page


def test_measures_of_one_name_have_pages_of_their_own(councils):
    assert {path.parent.name for path in councils.glob("compare/*/index.html") if "http-equiv=\"refresh" not in path.read_text()} == {
        "repeat-rate", "single--plans", "phases",
    }  # fmt: skip


def test_the_index_of_search_has_everything_and_no_figure(councils):
    index = json.loads((councils / "assets" / "find.json").read_text())
    paths = {row[2] for row in index["pages"]}
    assert {
        "topics/safe/",
        "indicators/plans/repeat-rate/",
        "areas/K/",
        "data/plans/",
        "notes/method/",
        "about/",
        "compare/",
    } <= paths
    for row in index["pages"]:
        assert not re.search(r"\d", row[5]), row
    assert all((councils / path / "index.html").is_file() for path in paths)


def test_the_scripts_are_small_and_loaded_from_the_site_alone(councils):
    sizes = {name: len(gzip.compress((councils / "assets" / name).read_bytes())) for name in ("find.js", "compare.js")}
    assert max(sizes.values()) < 5000
    for path in councils.rglob("*.html"):
        assert not re.search(r'<script[^>]+src="(?:https?:)?//', path.read_text())
    assert not (councils / "search" / "search_index.json").exists()


def test_the_a_to_z_has_every_measure_and_its_other_names(councils):
    page = text_of(read(councils, "a-to-z"))
    assert "Second plans: see Repeat plans" in page
    for words in ("Exclusions", "Kesteven", "Safe from harm", "How we count heads"):
        assert words in page
    letters = re.findall(r'<h2 id="letter-[^"]+">([^<]+)</h2>', read(councils, "a-to-z"))
    assert letters == sorted(letters)


def test_a_long_a_to_z_has_a_page_for_each_letter(tmp_path, monkeypatch):
    monkeypatch.setattr("statpress.site.pages.search.MOST_ON_A_PAGE", 20)
    site = build_site(Project(write_project(tmp_path))).path
    assert 'href="../a-to-z/letter-k/"' in (site / "a-to-z" / "index.html").read_text()
    page = read(site, "a-to-z/letter-k")
    assert ">Kesteven<" in page
    assert '<span aria-current="page">K</span>' in page
    assert ">Lindsey<" not in page


def test_updates_are_dated_by_releases_newest_first(councils):
    page = text_of(read(councils, "updates"))
    assert page.index("February 2020") < page.index("December 2019")
    assert "1 February 2020 Plans in Lindsey , version 2020.1" in page
    assert "A new year. 2 figures are added." in page


def test_the_tree_of_topics_leads_to_packages_and_indicators(councils):
    page = read(councils, "topics")
    for link in ("topics/safe/", "data/plans/", "indicators/plans/repeat-rate/"):
        assert f'href="../{link}"' in page


def test_related_indicators_name_the_same_measure_elsewhere(councils):
    page = read(councils, "indicators/plans/on-time")
    assert "Reviews late" in page


def test_every_link_of_these_pages_leads_somewhere(councils):
    pages = {path.relative_to(councils).as_posix(): parse(path) for path in councils.rglob("*.html")}
    for page, found in pages.items():
        for link in found.links:
            if urlsplit(link).scheme or page == "404.html":
                continue
            target, anchor = urldefrag(urljoin(f"/{page}", link))
            target = unquote(urlsplit(target).path)
            name = f"{target}index.html" if target.endswith("/") else target
            assert (councils / name.lstrip("/")).is_file(), (page, link)
            assert not anchor or anchor.startswith("__") or anchor in pages[name.lstrip("/")].ids, (page, link)


def test_a_renamed_package_and_measure_keep_their_old_addresses(councils):
    for old, new in (
        ("indicators/plans/second-plans", "../../../indicators/plans/repeat-rate/"),
        ("indicators/old-plans/second-plans", "../../../indicators/plans/repeat-rate/"),
        ("indicators/old-plans/open", "../../../indicators/plans/open/"),
        ("data/old-plans", "../../data/plans/"),
        ("compare/second-plans", "../../compare/repeat-rate/"),
    ):
        page = (councils / old / "index.html").read_text()
        assert f'<meta http-equiv="refresh" content="0; url={new}">' in page
        assert '<link rel="canonical"' in page
        assert f'<a href="{new}">' in page


def test_files_of_a_renamed_package_are_still_there_byte_for_byte(councils):
    for old, new in (
        ("data/old-plans/latest/data/observations.csv", "data/plans/latest/data/observations.csv"),
        ("data/old-plans/latest/old-plans.csv", "data/plans/latest/plans.csv"),
        ("data/old-plans/2019.1/old-plans-2019.1.zip", "data/plans/2019.1/plans-2019.1.zip"),
        ("indicators/old-plans/second-plans/second-plans.csv", "indicators/plans/repeat-rate/repeat-rate.csv"),
        ("api/v1/indicators/plans/second-plans.json", "api/v1/indicators/plans/repeat-rate.json"),
        ("api/v1/packages/old-plans.json", "api/v1/packages/plans.json"),
    ):
        assert (councils / old).read_bytes() == (councils / new).read_bytes(), old
    folder = councils / "data" / "old-plans" / "latest"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def with_redirects(redirects):
    lines = "".join(f"        {old}: {new}\n" for old, new in redirects.items())
    return MKDOCS.replace("  - statpress\n", f"  - statpress:\n      redirects:\n{lines}")


def test_a_declared_old_address_leads_to_the_page(tmp_path):
    mkdocs = with_redirects(
        {"old/page/": "topics/safe/", "/older": "about", "first/": '""', "old.html": "notes/method/"}
    )
    mkdocs = mkdocs.replace('!ENV [SITE_URL, ""]', "https://example.org/figures/")
    site = build_site(Project(write_project(tmp_path, mkdocs))).path
    page = (site / "old" / "page" / "index.html").read_text()
    assert '<link rel="canonical" href="https://example.org/figures/topics/safe/">' in page
    assert 'content="0; url=../../topics/safe/"' in page
    assert 'url=../about/"' in (site / "older" / "index.html").read_text()
    assert 'url=../"' in (site / "first" / "index.html").read_text()
    assert 'url=notes/method/"' in (site / "old.html").read_text()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("about/", "topics/", "There is a page or file at “about/”."),
        ("old/", "topic/", "“topic/” leads nowhere."),
        ("../up/", "topics/", "“../up/” is no address of this site."),
        ("'https://example.org/'", "topics/", "is no address of this site."),
    ],
)
def test_a_wrong_old_address_is_told_with_its_key(tmp_path, old, new, said):
    root = write_project(tmp_path, with_redirects({old: new}))
    with pytest.raises(BadDeclaration) as failed:
        build_site(Project(root))
    [issue] = failed.value.issues
    assert said in issue.message
    assert (issue.rule, issue.file) == ("redirect", "mkdocs.yml")
    assert issue.key.startswith("plugins.statpress.redirects.")


def test_a_withheld_number_has_its_mark_and_no_bar(councils):
    row = re.search(r'data-area="D7".*?</tr>', read(councils, "compare/repeat-rate"), re.S)
    assert "[c]" in row.group()
    assert "<rect" not in row.group()
