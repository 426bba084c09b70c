"""Reports: figures and claims drawn from packages, faults told all at once, and no number of the prose's own."""

import subprocess
import sys

import pytest
from fixture_site import write_project, write_report
from hypothesis import given
from hypothesis import strategies as st

from statpress.errors import BadDeclaration, FailedCheck, StatpressError
from statpress.issue import Issue
from statpress.paths import Project
from statpress.site.build import build_site
from statpress.site.reports.calls import Call, Prose, read_calls
from statpress.site.reports.draw import draw_report
from statpress.site.reports.find import Library
from statpress.site.reports.read import read_reports
from statpress.site.reports.stray import check_phrases, check_prose

HEAD = "---\ntitle: T\ndescription: D\ndocument: A report\narea: Kesteven\n---\n"
RATE = '"rate", package="looked-after"'


@pytest.fixture
def draw(indicators):
    """Draws a text over the fixture packages: its HTML without markup, or its issues."""

    def _draw(text, area="Kesteven"):
        prose = Prose(text, "r.md")
        drawing, issues = draw_report(prose, Library(tuple(indicators.values()), area), "../../")
        return issues or drawing.fill(drawing.markdown)

    return _draw


def rules(issues):
    return [issue.rule for issue in issues]


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ('figure("number")', ">449</a>"),
        ('figure("number", show="unit period area")', ">449 children in Kesteven on 31 March 2019</a>"),
        (f'figure({RATE}, period="2015/16")', ">84.0</a>"),
        (f'figure({RATE}, period="2015-04-01/P1Y", area="E")', ">60.0</a>"),
        ('figure("share", sex="Girls", age="0-9")', ">12.5%</a>"),
        ('figure("missing", sex="all")', ">45</a>"),
        ('withheld("hidden")', "a number that we withhold to protect people"),
        ('withheld("hidden", say="no number")', ">no number</a>"),
        (f'rose({RATE}, from="2015/16", to="2017/18")', "rose"),
        (f'rose({RATE}, from="2015/16", to="2017/18", say="went up")', "went up"),
        (f'higher({RATE}, period="2018/19", than=at(area="England"))', "higher"),
        (f'highest({RATE}, period="2018/19", among="areas")', "the highest"),
        (f'highest({RATE}, period="2018/19", among_shown="periods", say="most")', "most"),
        ('lowest("missing", sex="female", among="sex")', "the lowest"),
        ('highest("missing", age="10-15", among_shown="age")', "the highest"),
        ('more_than_half("missing", sex="male")', "more than half"),
        ('less_than_half("share", sex="female", age="0-9")', "less than half"),
        ('at_least("number", 440)', "at least 440"),
        ('less_than("share", sex="female", age="0-9", 20)', "less than 20.0%"),
        (f'difference({RATE}, from="2015/16", to="2017/18")', ">8.0</a>"),
        ('difference("missing", sex="male", than=at(sex="female"))', ">5</a>"),
        ('ratio("missing", sex="male", than=at(sex="female"))', ">1.3</a>"),
        (f'percent_change({RATE}, from="2015/16", to="2017/18")', ">10%</a>"),
    ],
)
def test_a_call_prints_what_the_package_says(draw, call, printed):
    assert printed in draw(f"So {{{{ {call} }}}}.")


@pytest.mark.parametrize(
    ("call", "rule", "said"),
    [
        ('figure("nmber")', "report-unknown", "number"),
        ('figure("number", area="Kestven")', "report-unknown", "Kesteven"),
        ('figure("number", "2018/20")', "report-unknown", "31 March 2019"),
        ('figure("missing", sex="boy")', "report-unknown", "Boys"),
        ('figure("missing", sx="male")', "report-unknown", "sex"),
        ('figure("rate", "2018/19")', "report-unknown", "package="),
        (f'figure({RATE})', "report-unknown", "2018/19"),
        ('figur("number")', "report-unknown", "figure"),
        ('figure("number", show="unt")', "report-unknown", "unit"),
        ('figure("hidden")', "report-withheld", "withheld(...)"),
        (f'figure({RATE}, period="2016/17")', "report-withheld", "withheld"),
        (f'rose({RATE}, from="2016/17", to="2017/18")', "report-withheld", "withheld"),
        ('figure("missing-figure")', "report-missing", "not available"),
        ('figure("missing", sex="male", age="0-9")', "report-missing", "by age"),
        ('withheld("number")', "report-claim", "is not"),
        (f'fell({RATE}, from="2015/16", to="2017/18")', "report-claim", "do not say so"),
        (f'rose({RATE}, from="2017/18", to="2015/16")', "report-claim", "earlier"),
        ('lowest("missing", sex="male", among="sex")', "report-claim", "lowest"),
        ('highest("missing", age="10-15", among="age")', "report-claim", "among_shown"),
        ('more_than_half("missing", sex="female")', "report-claim", "more than half"),
        ('at_least("number", 450)', "report-claim", "at least"),
        ('twice("missing", sex="male", than=at(sex="female"))', "report-claim", "twice"),
        ('higher("number", than=at(measure="share", sex="female", age="0-9", period="2018/19"))', "report-claim", "same"),
        ('ratio("missing", sex="male", than=at(sex="all", age="0-9"))', "report-claim", "zero"),
        ('rose("number")', "report-syntax", "from"),
        ('highest("missing", sex="male")', "report-syntax", "among"),
        ('figure("number" "period")', "report-syntax", "comma"),
        ("figure(number)", "report-syntax", "bracket"),
        ('figure("number").__class__', "report-syntax", "begins with"),
        ('withheld("hidden", say="three of them")', "report-number", "say"),
        ('more_than_half("missing", sex="male", say="26 of them")', "report-number", "say"),
        (f'rose({RATE}, from="2015/16", to="2017/18", say="fell")', "report-claim", "contrary"),
        ('lowest("missing", sex="female", among="sex", say="the most")', "report-claim", "contrary"),
        ('figure("number", area=1)', "report-syntax", "quotes"),
        ('figure("number", area="K", area="K")', "report-syntax", "twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_says_where_and_what_to_do(draw, call, rule, said):
    issues = draw(f"One.\n\nSo {{{{ {call} }}}}.")
    assert rules(issues) == [rule]
    assert issues[0].row == 3
    assert int(issues[0].column) >= 4
    assert said in f"{issues[0].message} {issues[0].hint}"


def test_a_withheld_figure_is_told_the_same_way_whatever_is_claimed_of_it(draw):
    calls = ["figure({})", "at_least({}, 3)", "at_least({}, 300)", "at_most({}, 3)", "more_than({}, 0)"]
    told = [draw("{{ " + call.format('"hidden"') + " }}") for call in calls]
    assert len({(issues[0].rule, issues[0].message) for issues in told}) == 1


@pytest.mark.parametrize(
    "text", ["{% if x %}", "{# x #}", "{{ figure(", '{{ figure("a }}', '## {{ figure("number") }}']
)
def test_templates_and_headings_with_figures_are_refused(draw, text):
    assert set(rules(draw(text))) == {"report-syntax"}


@given(st.text(alphabet="{}()=,.\"' abz_019\n%#"))
def test_any_text_is_read_to_calls_or_issues(text):
    found = read_calls(Prose(text, "r.md"))
    assert all(isinstance(call, Call | Issue) for _, call in found)
    assert all(text[part].startswith("{") for part, _ in found)


@pytest.mark.parametrize(
    "text",
    ["449 children", "12%", "in 2019/20,5", "three of them", "a quarter of", "in 1,984", "3rd", "½", "one child", "twenty-one",
     "in 2019, 31 girls", "a dozen", "12 March 7 children", "٣", "**4**2", "| 5 |", "[4](x.md)"],
)  # fmt: skip
def test_a_number_of_the_prose_itself_is_told(text):
    assert "report-number" in rules(check_prose(Prose(text, "r.md"), [], []))


@pytest.mark.parametrize(
    "text",
    ["On 31 March 2019", "In March 2018 and in 2018/19", "between 2011 and 2019,", "section 9.1 to 9.13", "\n## 9.1 Care", "aged 16 and 17",
     "16 and 17 year olds", "Year 11", "per 10,000 children", "\n1. One list", "See [this](https://example.org/2019/3).", "no one", "a child"],
)  # fmt: skip
def test_dates_ages_and_sections_are_no_figures(text):
    assert list(check_prose(Prose(text, "r.md"), [], [])) == []


def test_a_comparison_needs_a_claim_and_a_phrase_may_be_declared():
    told = list(check_prose(Prose("It rose.\nMore than one system.", "r.md"), [], []))
    assert [(issue.rule, issue.row) for issue in told] == [("report-comparison", 1), ("report-comparison", 2)]
    assert list(check_prose(Prose("More than one system.", "r.md"), [], ["More than one system"])) == []


def test_a_phrase_that_looks_like_a_figure_or_is_not_there_is_told_without_its_words():
    told = list(check_phrases("r.md", ["7919 children", "12 %", "the two systems"], ["children"]))
    assert [issue.key for issue in told] == ["not-figures.0", "not-figures.1"]
    unused = list(check_prose(Prose("No.", "r.md"), [], ["7919 systems"]))
    assert rules(unused) == ["report-front-matter"]
    assert "7919" not in str([*told, *unused])


@pytest.mark.parametrize(
    "text",
    ["<script>x</script>", "<b>x</b>", "a &#51; b", "![x](y.png)", "x{: onclick=1 }", "[x](javascript:alert)", "th\u200bree", "\ue000"],
)  # fmt: skip
def test_markup_and_signs_that_cannot_be_seen_are_refused(text):
    assert "report-markup" in rules(check_prose(Prose(text, "r.md"), [], []))


def test_words_of_packages_are_escaped(draw):
    assert "&lt;b&gt;" in draw('{{ withheld("hidden", say="<b>x</b>") }}')


@pytest.fixture
def folder_of_words(tmp_path):
    return write_project(tmp_path) / "site_src"


def test_all_faults_of_all_reports_are_told_at_once(folder_of_words, packages, indicators):
    write_report(
        folder_of_words,
        HEAD + '{{ figure("hidden") }} {{ figure("nmber") }}\n\n7 more than {{ at_least("number", 900) }}.\n',
    )
    (folder_of_words / "reports" / "other.md").write_text("---\ntitle: Other 7\ncolour: red\ndocument: No such\n---\n")
    with pytest.raises(BadDeclaration) as failed:
        read_reports(folder_of_words, list(packages.values()), list(indicators.values()), strict=True)
    told = [(issue.file.rsplit("/", 1)[-1], issue.rule, issue.row) for issue in failed.value.issues]
    assert ("kesteven.md", "report-withheld", 7) in told
    assert ("kesteven.md", "report-unknown", 7) in told
    assert {("kesteven.md", rule, 9) for rule in ("report-claim", "report-number", "report-comparison")} <= set(told)
    assert [issue.key for issue in failed.value.issues if issue.file.endswith("other.md")] == [
        "colour",
        "description",
        "document",
        "title",
    ]


def test_a_claim_that_went_stale_fails_the_check(folder_of_words, packages, indicators):
    write_report(folder_of_words, HEAD + '{{ at_least("number", 900) }}\n')
    with pytest.raises(FailedCheck):
        read_reports(folder_of_words, list(packages.values()), list(indicators.values()), strict=True)


def test_numbers_of_the_prose_are_warnings_unless_strict(folder_of_words, packages, indicators):
    write_report(folder_of_words, HEAD + "There were 7 children.\n")
    reports, warnings = read_reports(folder_of_words, list(packages.values()), list(indicators.values()), strict=False)
    assert [report.id for report in reports] == ["kesteven"]
    assert [(warning.rule, warning.severity, warning.row) for warning in warnings] == [("report-number", "warning", 7)]
    with pytest.raises(StatpressError):
        read_reports(folder_of_words, list(packages.values()), list(indicators.values()), strict=True)


def test_mkdocs_warns_of_a_number_and_builds_and_stops_when_it_is_strict(folder_of_words):
    write_report(folder_of_words, HEAD + "There were 7 children.\n")
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-f", str(folder_of_words.parent / "mkdocs.yml")]
    told = [
        subprocess.run([*mkdocs, *more], check=False, capture_output=True, text=True) for more in ([], ["--strict"])
    ]
    assert [finished.returncode for finished in told] == [0, 1]
    assert all(
        "site_src/reports/kesteven.md:7, column 12: This number is drawn" in finished.stderr for finished in told
    )
    assert (folder_of_words.parent / "site" / "reports" / "kesteven" / "index.html").is_file()


def test_the_page_of_a_report_links_its_figures_and_has_their_notes(site):
    text = (site / "reports" / "kesteven" / "index.html").read_text()
    assert '<a class="sp-figure" href="../../indicators/missing/missing/">25</a>' in text
    assert "More than half were boys" in text
    assert text.count('href="#note-1"') == 1
    assert "Incidents are not children." in text
    assert "Kesteven Council" in text
    assert "{{" not in text


def test_home_and_indicators_lead_to_reports_and_reference_pages(site):
    assert 'href="./reports/kesteven/"' in (site / "index.html").read_text().replace('href="reports', 'href="./reports')
    indicator = (site / "indicators" / "missing" / "missing" / "index.html").read_text()
    assert 'href="../../../reports/kesteven/"' in indicator
    assert 'href="../../../reference/duration/"' in indicator
    assert "Children missing from care" in (site / "reference" / "duration" / "index.html").read_text()


def test_a_reference_page_of_no_measure_is_refused(folder_of_words):
    (folder_of_words / "reference" / "duration.md").write_text("---\ntitle: How long\nmeasures: [mising]\n---\n")
    with pytest.raises(BadDeclaration) as failed:
        build_site(Project(folder_of_words.parent))
    assert "missing" in failed.value.issues[0].hint
