"""A build after a change makes the same site as one from nothing, and touches nothing that stays."""

import shutil

import pytest
from fixture_packages import edit, read_descriptor, write_descriptor
from fixture_site import write_project

from statpress.errors import CannotWrite
from statpress.paths import Project
from statpress.site import build
from statpress.site.build import build_site


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


CHANGES = [change_figure, change_title, change_descriptor, remove_package, change_template, change_name, change_theme,
           change_address, add_words, change_report]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_is_a_build_from_nothing(project, tmp_path, change):
    before = read_files(project.site)
    change(project)
    again = read_files(build_site(project).path)
    clean = Project(tmp_path / "clean")
    shutil.copytree(project.root, clean.root, ignore=shutil.ignore_patterns("site", "record.tsv"))
    expected = read_files(build_site(clean).path)
    assert sorted(again) == sorted(expected)
    assert [path for path in again if again[path] != expected[path]] == []
    assert again != before


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
