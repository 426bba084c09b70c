"""Writing a package is all or nothing, whatever happens."""

import io
import random
import signal
import subprocess
import sys
import textwrap
import time
import zipfile

import pytest

from statpress.errors import CannotWrite
from statpress.packages.archive import join_zips, read_zip, render_zip
from statpress.packages.write import write_file, write_folder, write_folders

OLD = {"datapackage.json": b"old", "data/a.csv": b"a" * 9_000, "releases/1.zip": b"z"}
NEW = {"datapackage.json": b"new", "data/b.csv": b"b" * 9_000}


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_holds_exactly_what_was_written(tmp_path):
    folder = tmp_path / "p"
    assert write_folder(folder, OLD) is True
    assert write_folder(folder, NEW) is True
    assert files_in(folder) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_the_same_content_is_not_written_again(tmp_path):
    folder = tmp_path / "p"
    write_folder(folder, OLD)
    before = folder.stat().st_ino
    assert write_folder(folder, OLD) is False
    assert folder.stat().st_ino == before


def test_a_file_too_many_in_the_folder_is_removed(tmp_path):
    write_folder(tmp_path / "p", OLD)
    (tmp_path / "p" / "stray.txt").write_text("left over")
    assert write_folder(tmp_path / "p", OLD) is True
    assert files_in(tmp_path / "p") == OLD


@pytest.mark.parametrize("round_", range(12))
def test_a_kill_at_any_moment_leaves_a_whole_package(tmp_path, round_):
    folder = tmp_path / "p"
    write_folder(folder, OLD)
    script = textwrap.dedent(f"""
        from pathlib import Path
        from statpress.packages.write import write_folder
        print("ready", flush=True)
        while True:
            write_folder(Path({str(folder)!r}), {NEW!r})
            write_folder(Path({str(folder)!r}), {OLD!r})
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        time.sleep(random.Random(round_).uniform(0.0, 0.05))
        child.send_signal(signal.SIGKILL)
    assert files_in(folder) in (OLD, NEW)
    write_folder(folder, NEW)
    assert files_in(folder) == NEW


def test_an_interrupted_swap_of_two_renames_is_put_right(tmp_path):
    write_folder(tmp_path / ".p.old", OLD)
    write_folder(tmp_path / ".p.new", {"half": b"written"})
    write_folder(tmp_path / "p", NEW)
    assert files_in(tmp_path / "p") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_package_that_is_a_link_to_elsewhere_is_refused(tmp_path):
    write_folder(tmp_path / "elsewhere", OLD)
    (tmp_path / "p").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite):
        write_folder(tmp_path / "p", NEW)
    assert files_in(tmp_path / "elsewhere") == OLD


def test_where_it_cannot_be_written_it_says_so_and_leaves_the_old(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite) as caught:
        write_folder(tmp_path / "file" / "p", NEW)
    assert caught.value.issues[0].rule == "cannot-write"
    assert (tmp_path / "file").read_text() == "in the way"


def test_where_one_package_cannot_be_written_no_other_is(tmp_path):
    write_folder(tmp_path / "a", OLD)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite):
        write_folders({tmp_path / "a": NEW, tmp_path / "file" / "p": NEW})
    assert files_in(tmp_path / "a") == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "file"]


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "ledger.csv"
    assert write_file(path, b"one") is True
    assert write_file(path, b"one") is False
    assert write_file(path, b"two") is True
    assert [entry.name for entry in tmp_path.iterdir()] == ["ledger.csv"]


def test_a_zip_has_the_same_bytes_whatever_the_order():
    assert render_zip({"b": b"2", "a": b"1"}) == render_zip({"a": b"1", "b": b"2"})


def test_writers_at_the_same_time_leave_one_whole_package(tmp_path):
    script = (
        "import sys; from pathlib import Path; from statpress.packages.write import write_folder\n"
        "for turn in range(20): write_folder(Path(sys.argv[1]), {'a': sys.argv[2].encode() * 50_000, 'b': sys.argv[2].encode()})"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "p"), name]) for name in "xyz"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    files = files_in(tmp_path / "p")
    assert files["a"] == files["b"] * 50_000
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_joined_zips_are_one_zip_of_all_files():
    one, two = {"a/1.csv": b"1" * 999, "a/2.csv": b""}, {"b/é.csv": b"3"}
    assert join_zips([render_zip(one), render_zip(two)]) == render_zip(one | two)
    assert join_zips([render_zip(one)]) == render_zip(one)
    assert read_zip(join_zips([])) == {}


def test_joined_zips_may_have_more_files_than_a_small_zip_can_name():
    parts = [render_zip({f"{part}/{number:05}": b"" for number in range(33_000)}) for part in "ab"]
    with zipfile.ZipFile(io.BytesIO(join_zips(parts))) as archive:
        assert len(archive.namelist()) == 66_000
        assert archive.testzip() is None
