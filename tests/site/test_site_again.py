"""A build after a change makes the same site as one from nothing, and touches nothing that stays."""

import shutil
import subprocess
import sys
from importlib.metadata import version

import finding_site
import pytest
from fixture_packages import edit, measure, read_descriptor, write_descriptor, write_package
from fixture_site import DAY, write_project

from statpress.errors import CannotWrite
from statpress.paths import Project
from statpress.site import build
from statpress.site.build import build_site
from statpress.site.pages import sums


def read_files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read_times(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with its site; tests must not change it."""
    root = write_project(tmp_path_factory.mktemp("built"))
    build_site(Project(root))
    return root


@pytest.fixture
def project(built, tmp_path):
    """A copy that a test may change, with the site and the record of its build."""
    shutil.copytree(built, tmp_path / "copy")
    build_site(Project(tmp_path / "copy"))
    return Project(tmp_path / "copy")


def change_figure(project):
    edit(project.package("missing"), "observations", ",12.5,,", ",,c,")


def change_title(project):
    edit(project.package("looked-after"), "measures", "What ", "Whatever ")


def change_descriptor(project):
    descriptor = read_descriptor(project.package("missing"))
    descriptor["statpress"]["contact"] = "somebody@example.org"
    write_descriptor(project.package("missing"), descriptor)


def remove_package(project):
    shutil.rmtree(project.package("bus-stops"))


def change_template(project):
    folder = project.root / "site_src" / "_templates"
    folder.mkdir()
    (folder / "quality.html").write_text("<h1>{{ page.title }}</h1> checked")
    (folder / "embed.html").write_text("<p>{{ chart.words }}</p>")


def change_name(project):
    project.mkdocs.write_text(project.mkdocs.read_text().replace("site_name: ", "site_name: New "))


def change_theme(project):
    project.mkdocs.write_text(project.mkdocs.read_text() + "copyright: Somebody else\n")


def change_address(project):
    project.mkdocs.write_text(project.mkdocs.read_text().replace('!ENV [SITE_URL, ""]', "https://example.org/"))


def add_words(project):
    path = project.root / "site_src" / "indicators" / "looked-after" / "rate" / "index.md"
    path.parent.mkdir(parents=True)
    path.write_text("Words on the rate.\n")


def change_report(project):
    report = next((project.root / "site_src" / "reports").glob("*.md"))
    report.write_text(report.read_text().replace("title: ", "title: Another ", 1))


def change_language(project):
    text = project.mkdocs.read_text().replace("language: en", "language: cy").replace("      title: On this page\n", "")
    project.mkdocs.write_text(text)


def change_brand(project):
    text = project.mkdocs.read_text().replace("  - statpress\n", "  - statpress: {brand: {footer: By us.}}\n")
    project.mkdocs.write_text(text)


CHANGES = [change_figure, change_title, change_descriptor, remove_package, change_template, change_name, change_theme,
           change_address, add_words, change_report, change_language, change_brand]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_is_a_build_from_nothing(project, tmp_path, change):
    check_change(project, tmp_path, change)


def check_change(project, tmp_path, change):
    """The site after a change is that of a copy which knows nothing of the last build but how charts are drawn."""
    before = read_files(project.site)
    change(project)
    again = read_files(build_site(project).path)
    clean = Project(tmp_path / "clean")
    shutil.copytree(project.root, clean.root, ignore=shutil.ignore_patterns("site", "files"))
    expected = read_files(build_site(clean).path)
    assert sorted(again) == sorted(expected)
    assert [path for path in again if again[path] != expected[path]] == []
    assert again != before


@pytest.fixture(scope="module")
def councils_built(tmp_path_factory):
    """Two councils that share measures and areas, with their site; tests must not change it."""
    root = finding_site.write_project(tmp_path_factory.mktemp("councils"))
    build_site(Project(root))
    return root


@pytest.fixture
def councils(councils_built, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(councils_built, tmp_path / "copy")
    return Project(tmp_path / "copy")


def change_shared_figure(project):
    edit(project.package("lindsey-plans"), "observations", ",12.0,,", ",11.0,,")


def withhold_shared_figure(project):
    edit(project.package("lindsey-plans"), "observations", ",12.0,,", ",,c,")


def rename_area(project):
    edit(project.package("plans"), "areas", "Holland", "Holland-on-the-Wash")


def move_area(project):
    edit(project.package("plans"), "areas", "W,Wold ward,ward,K", "W,Wold ward,ward,H")


def add_area(project):
    edit(project.package("lindsey-plans"), "areas", "R,The Ridings", "X,Axholme,district,L\nR,The Ridings")


def change_neighbours(project):
    change_words(project, "plans", groups=[{"area": "NK", "members": ["H", "D1"]}])


def change_rating(project):
    entries = read_descriptor(project.package("plans"))["statpress"]["measures"]
    entries[0]["rating"]["bands"][0]["at_most"] = 19
    change_words(project, "plans", measures=entries)


def change_topic(project):
    change_words(project, "plans", topic={"id": "safe", "title": "Kept from harm", "order": 3})


def change_release(project):
    change_words(project, "lindsey-plans", release={"version": "2018.1", "date": "2018-02-01"})


def change_words(project, package, **words):
    """Change what the descriptor of a package says beside its files."""
    descriptor = read_descriptor(project.package(package))
    descriptor["statpress"] |= words
    write_descriptor(project.package(package), descriptor)


def tell_measure_otherwise(project):
    """So that two packages do not share it any more."""
    edit(project.package("plans"), "measures", "What Repeat plans means", "What we call repeat plans")


def rename_measure(project):
    for package in ("plans", "lindsey-plans"):
        edit(project.package(package), "measures", "Repeat plans", "Plans that were made again")


def remove_council(project):
    shutil.rmtree(project.package("lindsey-plans"))


def add_council(project):
    other = measure("single", "Children looked after", definition="Children in foster care only.")
    rows = [("single", "R", DAY, {}, 7, "", ""), ("single", "E", DAY, {}, 70, "", "")]
    write_package(project.package("ridings"), rows, [other], areas={"R": "The Ridings", "E": "England"}, area="R")


def rename_package(project):
    project.package("lindsey-plans").rename(project.package("plans-of-lindsey"))
    descriptor = read_descriptor(project.package("plans-of-lindsey"))
    write_descriptor(project.package("plans-of-lindsey"), descriptor | {"name": "plans-of-lindsey"})


def change_row_template(project):
    folder = project.root / "site_src" / "_templates"
    folder.mkdir()
    (folder / "_row.html").write_text("<td>{{ row.when }}</td>")
    (folder / "versus.html").write_text("<h1>{{ page.title }}</h1> {{ versus.tables | length }}")


def add_redirect(project):
    text = project.mkdocs.read_text()
    project.mkdocs.write_text(text.replace("  - statpress\n", "  - statpress: {redirects: {old/: areas/}}\n"))


BETWEEN = [change_shared_figure, withhold_shared_figure, rename_area, move_area, add_area, change_neighbours,
           change_rating, change_topic, change_release, tell_measure_otherwise, rename_measure, remove_council,
           add_council, rename_package, change_row_template, add_redirect]  # fmt: skip


@pytest.mark.parametrize("change", BETWEEN)
def test_a_change_of_one_council_reaches_every_page_that_tells_of_it(councils, tmp_path, change):
    check_change(councils, tmp_path, change)


def count_made(project):
    """Build, and tell how many units were made anew of how many."""
    told = []
    build_site(project, on_step=lambda what, done, total: told.append((done, total)) if "parts" in what else None)
    return (told[-1][1] - told[0][0] + 1, told[-1][1]) if told else (0, 0)


def test_only_what_is_of_the_changed_package_and_its_measures_is_made_again(councils):
    build_site(councils)
    assert count_made(councils) == (0, 0)
    change_shared_figure(councils)
    made, units = count_made(councils)
    assert (made, units) == (3 + 2, 15 + 12)  # its two indicators, itself, and its two measures


def test_a_new_version_of_a_library_makes_everything_again(councils, monkeypatch):
    build_site(councils)
    monkeypatch.setattr(sums, "version", lambda name: f"{version(name)}.1")
    sums.sum_program.cache_clear()
    made, units = count_made(councils)
    sums.sum_program.cache_clear()
    assert made == units > 0


KILLED = """
import os, sys
from pathlib import Path
from statpress.paths import Project
from statpress.site import build
build._remember = lambda *known: os._exit(7)
build.build_site(Project(Path(sys.argv[1])))
"""


def test_a_build_that_is_killed_leaves_nothing_that_the_next_one_believes(councils, tmp_path):
    """Killed after its files are in place, and before it could write down what they are made of."""
    change_shared_figure(councils)
    assert subprocess.run([sys.executable, "-c", KILLED, councils.root], check=False).returncode == 7
    check_change(councils, tmp_path, withhold_after_change)


def withhold_after_change(project):
    edit(project.package("lindsey-plans"), "observations", ",11.0,,", ",,c,")


def test_what_stays_is_not_touched(project):
    before = read_times(project.site)
    change_figure(project)
    build_site(project)
    after = read_times(project.site)
    touched = {path for path in after if after[path] != before.get(path)}
    assert "indicators/missing/share/index.html" in touched
    assert "data/all-data.zip" in touched
    assert {path for path in touched if "looked-after" in path} == set()
    build_site(project)
    assert read_times(project.site) == after


@pytest.mark.parametrize("path", ["indicators/looked-after/rate/rate.csv", "indicators/looked-after/rate/index.html"])
@pytest.mark.parametrize("spoil", [lambda file: file.write_text("spoilt"), lambda file: file.unlink()])
def test_a_file_that_somebody_spoilt_is_made_again(project, path, spoil):
    before = read_files(project.site)
    spoil(project.site / path)
    (project.site / "stray.html").write_text("stray")
    assert read_files(build_site(project).path) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: "{",
        lambda text: text.replace("statpress", "other", 1),
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("[", "{"),
        lambda text: text.replace('"members"', '"other"'),
        lambda text: text.replace("\t", " "),
    ],
)
def test_a_record_that_cannot_be_read_counts_as_none(project, spoil):
    before = read_files(project.site)
    record = project.cache / "site" / "record.tsv"
    kept = record.read_text()
    assert spoil(kept) != kept
    record.write_text(spoil(kept))
    assert read_files(build_site(project).path) == before
    assert '"data/missing/"\t' in record.read_text()


def test_no_store_keeps_a_figure_that_is_withheld_now(project):
    """What was drawn and packed from a figure goes with the release that had it."""
    stores = [project.cache / "charts", project.cache / "files", project.cache / "site"]
    kept = {path for store in stores for path in store.rglob("*") if path.is_file()}
    change_figure(project)
    build_site(project)
    now = {path for store in stores for path in store.rglob("*") if path.is_file()}
    assert kept - now
    shutil.rmtree(project.cache / "charts")
    shutil.rmtree(project.cache / "files")
    shutil.rmtree(project.site)
    build_site(project)
    assert {path for store in stores for path in store.rglob("*") if path.is_file()} == now


def test_where_a_file_cannot_take_its_place_the_old_site_stays(project, monkeypatch):
    before = read_files(project.site)
    change_figure(project)
    real, moves = build.Path.rename, []

    def rename(self, target):
        moves.append(self)
        if len(moves) == 5:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(build.Path, "rename", rename)
    with pytest.raises(CannotWrite) as failed:
        build_site(project)
    assert "No space left" in failed.value.issues[0].message
    assert read_files(project.site) == before
    monkeypatch.undo()
    build_site(project)
    assert read_files(project.site) != before
