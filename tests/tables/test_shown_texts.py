"""What messages show of sources: codes, labels and periods, and nothing that may be a figure in the wrong column."""

import pytest
from click.testing import CliRunner
from commands import statpress
from project import edit, make_project

from statpress.cli.main import main
from statpress.tables.texts import leave_out_figures, show_label, show_period

SOURCE = "pipelines/missing/source/missing.csv"


@pytest.mark.parametrize(
    "text", ["7919", " 7919", "7919 [r]", "£7,919", "(7919)", "M 7919", "7919/8317", "7.9k", "７９１９", "=7919+1", "Ⅶ"]
)
def test_a_figure_in_the_wrong_column_is_not_shown(text):
    assert show_label(text) == show_period(text) == "that is a plain number"
    assert leave_out_figures([text]) == []


@pytest.mark.parametrize("text", ["E06000012", "10-15", "85+", "Year 7", "K1", "male", "[c]"])
def test_codes_and_labels_are_shown(text):
    assert show_label(text) == f"`{text}`"


@pytest.mark.parametrize("text", ["2019", "2018/19", "31/03/2019", "2019-04-01/P1Y"])
def test_periods_are_shown_where_periods_are_meant(text):
    assert show_period(text) == f"`{text}`"
    assert leave_out_figures([text]) == [text]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2018/19,M,60", "2018/19, 7919,60"),
        ("2018/19,M,60", "7919 [r],M,60"),
        ("2018/19,M,60", "2018/19,M 7919,60"),
        ("measure,area,period,sex,value\n", "children-missing,E1,2018/19,7919,7919\n"),
        ("period,sex,value", "period,sex,7919"),
    ],
)
def test_no_message_shows_a_figure_that_slipped(project, old, new):
    """A cell too many, or no header, puts figures where codes and names are meant."""
    edit(project, SOURCE, old, new)
    for form in ("text", "json", "html", "sarif", "junit", "markdown"):
        found = statpress(project, "check", "--format", form)
        assert found.returncode == 11
        assert "7919" not in found.stdout + found.stderr


@pytest.mark.parametrize("number", ["four", "Twenty-one", "about a dozen", "½", "३"])
def test_a_number_in_words_or_of_another_script_is_not_shown(tmp_path, number):
    project = make_project(tmp_path)
    edit(project, SOURCE, "children,Exampleshire,2018/19,M,249", f"children,Exampleshire,2018/19,M,{number}")
    told = CliRunner().invoke(main, ["--root", str(project), "check"]).output
    assert "(not-a-number)" in told
    assert number not in told
