"""`statpress protect` from files to a file."""

import json
import os

import pytest
from books import ods
from commands import files_in, statpress
from small_tables import NEED, WARDS, protect, rows, write


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, need=NEED, wards=WARDS)
    return tmp_path


def test_every_cell_is_written_with_its_totals_in_the_order_of_the_hierarchy(folder):
    finished = protect(folder, "--hierarchy", "ward=wards.csv")
    assert finished.exit_code == 0, finished.stderr
    cells = rows(folder / "protected.csv")
    wards = ["All", "North", "W1", "W2", "South", "W3"]
    assert list(cells) == [(ward, need) for ward in wards for need in ("Total", "care", "health", "other")]
    assert cells["All", "Total"] == ("119", "")
    assert cells["North", "care"] == ("27", "")


def test_a_small_count_and_its_partners_are_withheld_and_nothing_else_changes(folder):
    assert protect(folder, "--hierarchy", "ward=wards.csv").exit_code == 0
    cells = rows(folder / "protected.csv")
    assert cells["W1", "health"] == ("", "c")
    assert all((value == "") == (status == "c") for value, status in cells.values())
    for whole in ("Total", "care", "other"):
        others = [cells["W1", need] for need in ("Total", "care", "health", "other") if need != whole]
        assert whole == "Total" or ("", "c") in others
    assert sum(status == "c" for _, status in cells.values()) >= 4


def test_the_screen_and_json_say_how_many_and_how_well(folder):
    finished = statpress(folder, "protect", "need.csv", "--count", "freq", "--out", "protected.csv", "--json")
    assert finished.returncode == 0, finished.stderr
    answer = json.loads(finished.stdout)
    withheld = sum(status == "c" for _, status in rows(folder / "protected.csv").values())
    assert answer["ok"]
    assert (answer["cells"], answer["withheld"], answer["small"]) == (16, withheld, 1)
    assert (answer["partners"], answer["standard"], answer["fell_back"]) == (withheld - 1, "symbol", 0)


def test_totals_in_the_table_change_nothing(folder):
    assert protect(folder).exit_code == 0
    before = (folder / "protected.csv").read_bytes()
    write(folder, need=NEED + "Total,Total,119\nW1,Total,35\n")
    assert protect(folder).exit_code == 0
    assert (folder / "protected.csv").read_bytes() == before


def test_neither_the_order_of_rows_nor_that_of_columns_changes_what_is_withheld(folder):
    assert protect(folder, "--hierarchy", "ward=wards.csv").exit_code == 0
    before = (folder / "protected.csv").read_bytes()
    header, *lines = (folder / "need.csv").read_text().splitlines()
    (folder / "need.csv").write_text("\n".join([header, *reversed(lines)]) + "\n")
    assert protect(folder, "--hierarchy", "ward=wards.csv").exit_code == 0
    assert (folder / "protected.csv").read_bytes() == before
    turned = [",".join(reversed(line.split(","))) for line in [header, *lines]]
    (folder / "need.csv").write_text("\n".join(turned) + "\n")
    assert protect(folder, "--hierarchy", "ward=wards.csv", out="turned.csv").exit_code == 0
    other = {(ward, need): cell for (need, ward), cell in rows(folder / "turned.csv").items()}
    assert other == rows(folder / "protected.csv")


def test_codes_without_hierarchy_are_sorted_as_people_sort_them(folder):
    write(folder, need="age,freq\n10-14,90\n5-9,95\n0-4,99\n")
    assert protect(folder, "--total", "All ages").exit_code == 0
    assert [age for (age,) in rows(folder / "protected.csv")] == ["All ages", "0-4", "5-9", "10-14"]


def test_two_ways_to_group_the_same_codes_are_both_added_up(folder):
    kinds = "child,parent\nTown,All\nRural,All\nW1,Town\nW3,Town\nW2,Rural\n"
    write(folder, kinds=kinds)
    assert protect(folder, "--hierarchy", "ward=wards.csv", "--hierarchy", "ward=kinds.csv").exit_code == 0
    cells = rows(folder / "protected.csv")
    assert [ward for ward, need in cells if need == "Total"] == [
        "All",
        "North",
        "W1",
        "W2",
        "South",
        "W3",
        "Town",
        "Rural",
    ]
    assert cells["Town", "Total"] == ("64", "")
    # South is W3 alone, so W1 = Town - South: health of W1 needs a partner there too
    assert ("", "c") in (cells["Town", "health"], cells["South", "health"], cells["W3", "health"])


def test_zeros_are_small_where_they_are_withheld(folder):
    write(folder, need=NEED.replace("W3,care,8", "W3,care,0"))
    assert protect(folder).exit_code == 0
    assert rows(folder / "protected.csv")["W3", "care"] == ("0", "")
    assert protect(folder, "--zeros", "withheld").exit_code == 0
    assert rows(folder / "protected.csv")["W3", "care"] == ("", "c")


def test_cells_that_may_not_be_withheld_are_shown(folder):
    assert protect(folder, "--never", "ward=W1,need=care", "--never", "ward=Total").exit_code == 0
    cells = rows(folder / "protected.csv")
    assert cells["W1", "care"] == ("12", "")
    assert all(status == "" for (ward, _), (_, status) in cells.items() if ward == "Total")


def test_weights_say_what_is_dear(folder):
    lines = NEED.splitlines()
    weighed = [f"{lines[0]},weight", *(f"{line},{1000 if ',care,' in line else 1}" for line in lines[1:])]
    (folder / "need.csv").write_text("\n".join(weighed) + "\n")
    assert protect(folder, "--cost", "weight").exit_code == 0
    cells = rows(folder / "protected.csv")
    assert all(status == "" for (_, need), (_, status) in cells.items() if need == "care")


def test_a_column_that_is_ignored_is_neither_printed_nor_a_dimension(folder):
    lines = NEED.splitlines()
    named = [f"{lines[0]},name", *(f"{line},Ward {line[1]}" for line in lines[1:])]
    (folder / "need.csv").write_text("\n".join(named) + "\n")
    assert protect(folder, "--ignore", "name").exit_code == 0
    assert "Ward" not in (folder / "protected.csv").read_text()


def test_a_table_without_small_counts_is_shown_whole(folder):
    write(folder, need="ward,freq\nW1,10\nW2,20\n")
    assert protect(folder).exit_code == 0
    assert (folder / "protected.csv").read_text() == "ward,value,status\nTotal,30,\nW1,10,\nW2,20,\n"


def test_a_table_from_excel_gives_the_same(folder):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Needs"
    for line in NEED.splitlines():
        ward, need, freq = line.split(",")
        book.active.append([ward, need, int(freq) if freq.isdigit() else freq])
    book.save(folder / "need.xlsx")
    assert protect(folder).exit_code == 0
    assert protect(folder, "--sheet", "Needs", table="need.xlsx", out="excel.csv").exit_code == 0
    assert (folder / "excel.csv").read_bytes() == (folder / "protected.csv").read_bytes()


def test_a_table_from_libreoffice_gives_the_same(folder):
    rows = [line.split(",") for line in NEED.splitlines()]
    (folder / "need.ods").write_bytes(
        ods([[*row[:2], int(row[2]) if row[2].isdigit() else row[2]] for row in rows], sheet="Needs")
    )
    assert protect(folder).exit_code == 0
    assert protect(folder, "--sheet", "Needs", table="need.ods", out="office.csv").exit_code == 0
    assert (folder / "office.csv").read_bytes() == (folder / "protected.csv").read_bytes()


def test_where_nothing_protects_it_says_what_to_merge_and_writes_nothing(folder):
    write(folder, need="ward,freq\nW1,3\nW2,0\nW3,90\n")
    before = files_in(folder)
    finished = protect(folder, "--never", "ward=W3", "--never", "ward=Total")
    assert finished.exit_code == 13
    assert "(cannot-protect)" in finished.stderr
    assert "Merge `W1` with `W3` of `ward`" in finished.stderr
    assert files_in(folder) == before


def test_a_small_count_that_may_not_be_withheld_stops_the_work(folder):
    finished = protect(folder, "--never", "need=health")
    assert finished.exit_code == 13
    assert "(never-withheld)" in finished.stderr
    assert not (folder / "protected.csv").exists()


def test_inputs_links_and_packages_are_never_written_to(folder):
    before = files_in(folder)
    assert "(input-as-output)" in protect(folder, out="need.csv").stderr
    finished = protect(folder, "--hierarchy", "ward=wards.csv", out="wards.csv")
    assert (finished.exit_code, "(input-as-output)" in finished.stderr) == (14, True)
    os.link(folder / "need.csv", folder / "same.csv")
    assert "(input-as-output)" in protect(folder, out="same.csv").stderr
    (folder / "same.csv").unlink()
    (folder / "link.csv").symlink_to(folder / "elsewhere.csv")
    assert "(link)" in protect(folder, out="link.csv").stderr
    (folder / "link.csv").unlink()
    assert "(not-here)" in protect(folder, out="datapackages/protected.csv").stderr
    assert protect(folder, out=".").exit_code == 14
    assert files_in(folder) == before


@pytest.mark.parametrize("place", ["datapackages", "site", "site/downloads"])
def test_a_certificate_is_not_written_among_what_another_project_publishes(folder, place):
    (folder / "project/pipelines").mkdir(parents=True)
    (folder / "project" / place).mkdir(parents=True)
    finished = protect(folder, "--certificate", f"project/{place}/proof.json")
    assert (finished.exit_code, "(not-here)" in finished.stderr) == (14, True)
    assert not (folder / "project" / place / "proof.json").exists()


def test_running_twice_gives_the_same_bytes(folder):
    assert protect(folder).exit_code == 0
    before = (folder / "protected.csv").read_bytes()
    assert protect(folder).exit_code == 0
    assert (folder / "protected.csv").read_bytes() == before
