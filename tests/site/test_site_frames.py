"""Pages that are put into a frame are the same as those that the theme renders one by one."""

import shutil

from fixture_site import write_project

from statpress.paths import Project
from statpress.site.build import build_site


def read_files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_frames_make_the_same_bytes_as_the_theme_page_by_page(tmp_path):
    (tmp_path / "project").mkdir()
    root = write_project(tmp_path / "project")
    framed = read_files(build_site(Project(root)).path)
    shutil.copytree(root, tmp_path / "alone")
    (tmp_path / "alone" / "hook.py").write_text("def on_page_context(context, **kwargs):\n    return context\n")
    with (tmp_path / "alone" / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    alone = read_files(build_site(Project(tmp_path / "alone")).path)
    assert sorted(framed) == sorted(alone)
    assert [path for path in framed if framed[path] != alone[path]] == []


def test_what_a_hook_does_to_pages_reaches_every_page(tmp_path):
    (tmp_path / "project").mkdir()
    root = write_project(tmp_path / "project")
    (root / "hook.py").write_text("def on_post_page(output, page, **kwargs):\n    return output + page.url\n")
    with (root / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    site = build_site(Project(root)).path
    pages = [path for path in site.rglob("index.html") if "embed" not in path.parts]
    assert len(pages) > 10
    for path in pages:
        address = path.parent.relative_to(site).as_posix()
        assert path.read_text().endswith(">" if address == "." else f">{address}/")
