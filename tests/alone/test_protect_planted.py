"""An unusual number that is withheld is in nothing that the command writes or says, whether it works or fails."""

import re

import pytest
from commands import files_in
from small_tables import WARDS, protect, write

PLANTED = "7919"
TABLE = f"""\
ward,need,freq
W1,care,61200
W1,health,{PLANTED}
W1,other,30011
W2,care,22500
W2,health,19073
W2,other,45101
W3,care,58008
W3,health,14014
W3,other,70707
"""
PATTERN = re.compile(r"7[,.\s]?919")


def said_and_written(folder, table, *arguments):
    """Everything that the command said and wrote, and its exit code."""
    write(folder, need=table, wards=WARDS)
    before = files_in(folder)
    finished = protect(folder, "--hierarchy", "ward=wards.csv", "--threshold", "8000", *arguments)
    after = {path: data.decode() for path, data in files_in(folder).items() if path not in before}
    return finished.exit_code, finished.output + "".join(after.values())


@pytest.mark.parametrize("answer", [[], ["--json"]], ids=["words", "json"])
def test_a_withheld_number_is_in_no_file_and_no_word(tmp_path, answer):
    code, text = said_and_written(tmp_path, TABLE, *answer)
    assert code == 0, text
    assert "61200" in text or "22500" in text
    assert not PATTERN.search(text)


FAILURES = {
    "twice": (TABLE + f"W1,health,{PLANTED}\n", [], 12),
    "not whole": (TABLE.replace(PLANTED, f"{PLANTED}.5"), [], 11),
    "negative": (TABLE.replace(PLANTED, f"-{PLANTED}"), [], 11),
    "separator": (TABLE.replace(PLANTED, '"7,919"'), [], 11),
    "total": (TABLE + "North,health,26993\n", [], 12),
    "code": (TABLE.replace(f"W1,health,{PLANTED}", f"{PLANTED},health,5"), [], 11),
    "forbidden": (TABLE, ["--never", "need=health"], 13),
}


@pytest.mark.parametrize("fault", FAILURES)
def test_a_number_is_in_no_word_of_a_failure(tmp_path, fault):
    table, arguments, code = FAILURES[fault]
    finished, text = said_and_written(tmp_path, table, *arguments)
    assert finished == code, text
    assert not PATTERN.search(text)
