"""The build as a whole: same bytes, all or nothing, without pipelines, through MkDocs too."""

import hashlib
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from fixture_packages import edit, measure, read_descriptor, write_descriptor, write_package
from fixture_site import write_project, write_words

from statpress.errors import BadDeclaration, BadSource, BadUsage, FailedCheck
from statpress.packages.archive import render_zip
from statpress.paths import Project
from statpress.site.build import build_site


def checksums(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def copy(project, tmp_path):
    """A copy of the fixture project that a test may change, with the charts already drawn."""
    shutil.copytree(project.root, tmp_path / "copy")
    return Project(tmp_path / "copy")


def test_every_kind_of_page_is_there(site):
    for path in [
        "index.html", "404.html", "topics/index.html", "topics/missing/index.html", "topics/asylum-seekers/index.html",
        "indicators/looked-after/rate/index.html", "indicators/looked-after/rate/rate.csv", "data/index.html",
        "data/bus-stops/index.html", "data/bus-stops/latest/stops.csv", "data/missing/latest/data/observations.csv",
        "data/missing/latest/datapackage.json", "data/missing/2019.1/missing-2019.1.zip",
        "how-we-protect-people/index.html", "about/index.html", "accessibility/index.html", "sitemap.xml.gz",
    ]:  # fmt: skip
        assert (site / path).is_file(), path


def test_a_project_without_pipelines_builds(project, site):
    assert not project.pipelines.exists()


def test_the_same_input_gives_the_same_bytes(site, copy):
    copy.mkdocs.write_text(copy.mkdocs.read_text().replace('!ENV [SITE_URL, ""]', "https://example.org/"))
    first = checksums(build_site(copy).path)
    shutil.rmtree(copy.cache)
    assert checksums(build_site(copy).path) == first
    assert "sitemap.xml.gz" in first


def test_the_report_counts_what_was_built(copy):
    steps = []
    report = build_site(copy, on_step=lambda what, done, total: steps.append((what, done, total)))
    assert report.path == copy.site
    assert report.pages == len(list(copy.site.rglob("index.html")))
    assert report.charts == 7
    assert report.files == len(checksums(copy.site))
    assert ("Read missing", 4, 4) in steps
    assert steps[-1] == ("Built the site", 1, 1)


@pytest.mark.parametrize("fault", ["status", "json", "template", "link"])
def test_a_failure_leaves_the_old_site_whole(copy, fault):
    before = checksums(build_site(copy).path)
    if fault == "status":
        edit(copy.package("missing"), "observations", ",45,,", ",45,q,")
    if fault == "json":
        (copy.package("missing") / "datapackage.json").write_text("{")
    if fault == "template":
        (copy.root / "site_src" / "_templates").mkdir()
        (copy.root / "site_src" / "_templates" / "home.html").symlink_to(copy.mkdocs)
    if fault == "link":
        (copy.root / "site_src" / "index.md").write_text("[nowhere](nowhere.md)\n")
    with pytest.raises((FailedCheck, BadSource)) as failed:
        build_site(copy)
    assert failed.value.issues
    assert checksums(copy.site) == before
    assert [path.name for path in copy.root.iterdir() if path.name.startswith(".site")] == []


def test_a_dead_link_in_words_names_the_page(copy):
    (copy.root / "site_src" / "index.md").write_text("[nowhere](nowhere.md)\n")
    with pytest.raises(FailedCheck) as failed:
        build_site(copy)
    assert "nowhere.md" in failed.value.issues[0].message
    assert build_site(copy, strict=False).pages


def test_a_project_without_a_site_is_told_so(tmp_path):
    with pytest.raises(BadUsage):
        build_site(Project(tmp_path))


@pytest.mark.parametrize("text", ["site_name: [", "site_name: x\ndocs_dir: site_src\nplugins: []\n"])
def test_a_wrong_configuration_is_a_bad_declaration(copy, text):
    copy.mkdocs.write_text(text)
    with pytest.raises(BadDeclaration) as failed:
        build_site(copy)
    assert failed.value.issues[0].file == "mkdocs.yml"


def test_a_project_without_packages_builds(tmp_path, project):
    shutil.copy(project.mkdocs, tmp_path)
    write_words(tmp_path / "site_src")
    build_site(Project(tmp_path))
    assert "Nothing is published yet" in (tmp_path / "site" / "index.html").read_text()


def test_a_project_may_replace_a_template_and_its_templates_are_not_published(copy):
    own = copy.root / "site_src" / "_templates"
    own.mkdir()
    (own / "about.html").write_text("<h1 id='content'>Ours: {{ page.title }}</h1>{{ words }}")
    build_site(copy)
    assert "Ours: About this site" in (copy.site / "about" / "index.html").read_text()
    assert not [path for path in copy.site.rglob("*") if "_templates" in str(path)]


def test_a_template_of_a_project_cannot_leave_its_sandbox(copy):
    own = copy.root / "site_src" / "_templates"
    own.mkdir()
    (own / "about.html").write_text("{{ ''.__class__.__mro__ }}")
    with pytest.raises(BadSource):
        build_site(copy)


def test_mkdocs_itself_builds_the_site_and_explains_faults(copy, site):
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(copy.mkdocs)]
    subprocess.run(mkdocs, check=True, capture_output=True)
    assert checksums(copy.site) == checksums(site)
    edit(copy.package("missing"), "observations", ",45,,", ",45,q,")
    told = subprocess.run(mkdocs, check=False, capture_output=True, text=True)
    assert told.returncode == 1
    assert "datapackages/missing/data/observations.csv:" in told.stderr
    assert "Traceback" not in told.stderr
    assert checksums(copy.site) == checksums(site)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.ids, self.scripts = [], set(), 0

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        assert not found.get("id") or found["id"] not in self.ids, found["id"]
        self.ids.add(found.get("id"))


def parse(path):
    parser = _Links()
    parser.feed(path.read_text())
    return parser


def test_every_link_leads_somewhere_and_no_identifier_occurs_twice(site):
    pages = {path.relative_to(site).as_posix(): parse(path) for path in site.rglob("*.html")}
    for page, found in pages.items():
        for link in found.links:
            if urlsplit(link).scheme or page == "404.html":
                continue
            target, anchor = urldefrag(urljoin(f"/{page}", link))
            target = unquote(urlsplit(target).path)
            name = f"{target}index.html" if target.endswith("/") else target
            assert (site / name.lstrip("/")).is_file(), (page, link)
            assert not anchor or anchor.startswith("__") or anchor in pages[name.lstrip("/")].ids, (page, link)


def test_nothing_is_asked_of_another_site(site):
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = path.read_text()
        assert "fonts.g" not in text
        assert '<script src="http' not in text
        assert "url(http" not in text.replace("url(http://www.w3.org", "")


def test_metadata_with_markup_is_shown_as_text(site):
    text = (site / "data" / "bus-stops" / "index.html").read_text()
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "javascript:alert" not in text.replace("javascript:void(0)", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    for path in site.rglob("*.html"):
        assert "<script>alert(1)" not in path.read_text()
    assert "<script>" not in (site / "assets" / "find.json").read_text()


def test_an_indicator_page_says_everything_that_a_reader_needs(site):
    text = (site / "indicators" / "looked-after" / "number" / "index.html").read_text()
    for words in [
        "There were 449 children looked after in Kesteven on 31 March 2019.",
        "What Children looked after means.",
        "It matters.",
        "Incidents are not children.",
        "A report, Kesteven Council, section 9.1, line 62",
        "Open Government Licence 3.0",
        "1 December 2019 (version 2019.1)",
        "None planned",
        "The source says &#39;just over&#39;",
        "@misc{looked-after-2019-1,",
        "number.csv",
    ]:
        assert words in text, words


def test_a_withheld_headline_says_so_and_points_to_the_reason(site):
    text = (site / "indicators" / "looked-after" / "hidden" / "index.html").read_text()
    assert "We do not show this number, to protect the people that it counts." in text
    assert 'href="../../../how-we-protect-people/"' in text


def test_a_data_page_describes_every_file_and_loads_it(site):
    text = (site / "data" / "bus-stops" / "index.html").read_text()
    assert "pd.read_csv(&#34;data/bus-stops/latest/stops.csv&#34;, sep=&#34;;&#34;)" in text
    digest = hashlib.sha256((site / "data" / "bus-stops" / "latest" / "stops.csv").read_bytes()).hexdigest()
    assert digest in text
    assert "at least 1" in text


def test_totals_are_told_over_all_packages(site):
    assert "4 of 36 figures on this site are withheld" in (site / "how-we-protect-people" / "index.html").read_text()
    assert "Left out: words only" in (site / "about" / "index.html").read_text()


@pytest.mark.parametrize("page", ["index.html", "topics/looked-after/index.html"])
def test_marks_in_lists_have_a_legend(site, page):
    text = (site / page).read_text()
    marks = set(re.findall(r'title="[^"]*">(\[\w+\])<', text))
    assert marks
    assert marks == set(re.findall(r"<dt>(\[\w+\])</dt>", text))


def test_a_list_does_not_repeat_the_title_of_an_indicator(site):
    text = (site / "topics" / "missing" / "index.html").read_text()
    assert text.count("Share of incidents") == 1
    assert "<p>Kesteven, 2018/19. " in text


def test_serve_says_where(copy):
    code = "import sys; from statpress.cli.main import main; main()"
    serving = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--port", "0"], cwd=copy.root, stderr=subprocess.PIPE, text=True
    )
    try:
        said = next(line for line in serving.stderr if "Serving on" in line)
    finally:
        serving.terminate()
        serving.communicate()
    assert "http://127.0.0.1:" in said


def test_a_topic_without_figures_has_a_page(site):
    text = (site / "topics" / "asylum-seekers" / "index.html").read_text()
    assert "The source gives no figures by age." in text
    assert "no figures on this topic that we can publish" in text


def test_earlier_releases_stay_at_their_addresses_in_every_format(tmp_path):
    root = write_project(tmp_path)
    folder = root / "datapackages" / "missing"
    before = build_site(Project(root)).path.rename(tmp_path / "before")
    old = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "releases").mkdir()
    (folder / "releases" / "2019.1.zip").write_bytes(render_zip(old))
    edit(folder, "observations", ",45,,", ",46,,")
    descriptor = read_descriptor(folder)
    descriptor["version"] = descriptor["statpress"]["release"]["version"] = "2020.1"
    descriptor["statpress"]["releases"] = [{"version": "2019.1", "date": "2019-12-01", "path": "releases/2019.1.zip"}]
    write_descriptor(folder, descriptor)
    site = build_site(Project(root)).path
    assert "1 December 2019" in (site / "data" / "missing" / "index.html").read_text()
    archive = "missing-2019.1.zip"
    assert (site / "data" / "missing" / "2019.1" / archive).read_bytes() == render_zip(old)
    was, now = (checksums(part / "data" / "missing" / "2019.1") for part in (before, site))
    for found in (was, now):
        del found[archive], found["SHA256SUMS"]
    assert was == now
    assert len(now) > 10
    latest, current = (checksums(site / "data" / "missing" / part) for part in ("latest", "2020.1"))
    assert latest["missing.xlsx"] == current["missing.xlsx"] != now["missing.xlsx"]


def test_an_earlier_release_that_is_no_zip_is_told(copy):
    folder = copy.package("missing")
    (folder / "releases").mkdir()
    (folder / "releases" / "2018.1.zip").write_bytes(b"PK old")
    descriptor = read_descriptor(folder)
    descriptor["statpress"]["releases"] = [{"version": "2018.1", "date": "2018-12-01", "path": "releases/2018.1.zip"}]
    write_descriptor(folder, descriptor)
    with pytest.raises(BadSource) as failed:
        build_site(copy)
    assert "2018.1" in failed.value.issues[0].message


def test_two_indicators_with_the_same_title_have_their_own_pages(tmp_path, project):
    shutil.copy(project.mkdocs, tmp_path)
    for name in ("one", "two"):
        rows = [("m", "K", "2019-03-31/P1D", {}, 5, "", "")]
        write_package(tmp_path / "datapackages" / name, rows, [measure("m", "Children")])
    (tmp_path / "site_src").mkdir()
    build_site(Project(tmp_path))
    assert (tmp_path / "site" / "indicators" / "one" / "m" / "index.html").is_file()
    assert (tmp_path / "site" / "indicators" / "two" / "m" / "index.html").is_file()


def headings(site, path):
    return re.findall(r'<h2 id="([a-z-]+)"', (site / "indicators" / path / "index.html").read_text())


def test_a_single_total_does_not_push_its_breakdowns_down(site):
    found = headings(site, "missing/missing")
    assert found.index("breakdowns") < found.index("table") < found.index("meaning")


def test_the_page_of_an_indicator_goes_from_the_figure_to_its_terms(site):
    assert headings(site, "looked-after/rate") == [
        "chart", "chart-areas-heading", "table", "compare", "meaning", "caveats", "sources", "download", "cite", "related"
    ]  # fmt: skip
    text = (site / "indicators" / "looked-after" / "rate" / "index.html").read_text()
    assert re.search(r'aria-hidden="true">▲</span>Up 3.0 from 92.0 in 2017/18<', text)
    assert "Neither higher nor lower is better in itself." in text
    assert ">Provisional</span>" in text
    assert re.search(r"SHA-256 of the data package: [0-9a-f]{64}", text)
