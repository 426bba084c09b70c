"""Charts as data: what is drawn, what is a gap with a mark, and that nothing breaks them."""

import os
import re
from xml.etree import ElementTree

import pytest
from fixture_packages import measure, write_package

from statpress.packages.read import read_package
from statpress.site.charts.describe import describe_charts
from statpress.site.charts.model import Bar, BarChart, BarGroup, Line, LineChart, Point
from statpress.site.charts.specs.write import write_spec
from statpress.site.charts.svg import render_chart
from statpress.site.facts.indicator import describe_indicators

SVG = "{http://www.w3.org/2000/svg}"


def bars(*values, title=""):
    group = BarGroup(
        title, tuple(Bar(f"Group {n}", v, "[c]" if v is None else f"{v:,}", n == 0) for n, v in enumerate(values))
    )
    return BarChart("chart-x", "Heading", "Title", "children", "Words.", (group,))


def named(*labels, title=""):
    group = BarGroup(title, tuple(Bar(label, 1.0, "1", True) for label in labels))
    return BarChart("chart-x", "Heading", "Title", "", "Words.", (group,))


def line(*values, breaks=(), years=None):
    points = tuple(
        Point(2000.0 + year, str(2000 + year), value, "[c]" if value is None else f"{value:,}", number in breaks)
        for number, (year, value) in enumerate(zip(years or range(len(values)), values, strict=True))
    )
    return LineChart("chart-x", "Heading", "Title", "children", "Words.", (Line("Kesteven", True, points),))


def lines(count):
    made = tuple(
        Line(
            f"The long name of area number {n}",
            n == 0,
            tuple(Point(2000.0 + x, str(2000 + x), 50.0, "50", False) for x in range(9)),
        )
        for n in range(count)
    )
    return LineChart("chart-x", "Heading", "Title", "children", "Words.", made)


GALLERY = {
    "one bar": bars(5.0),
    "all bars withheld but one": bars(5.0, None, None),
    "a true zero beside a withheld figure": bars(0.0, None, 3.0),
    "only zeros": bars(0.0, 0.0),
    "negative bars": bars(-3.5, 2.0),
    "only negative bars": bars(-3.5, -2.0),
    "from a thousandth to ten million": bars(0.001, 10_000_000.0),
    "200 areas": bars(*(float(n) for n in range(200, 0, -1))),
    "a label of 120 characters": named("word " * 24, title="heading " * 11),
    "right to left and accents": named("مدرسة", "Ynys Môn"),
    "two points": line(4.0, 5.0),
    "a gap in the middle": line(4.0, None, 5.0),
    "only one point shown": line(None, None, 5.0),
    "a break in the series": line(4.0, 5.0, 9.0, breaks=(2,)),
    "uneven years": line(787.0, 536.0, 892.0, years=(10, 15, 19)),
    "negative line": line(-4.0, 5.0),
    "tiny line": line(0.001, 0.002),
    "millions": line(9_000_000.0, 10_000_000.0),
    "four lines that end together": lines(4),
    "sixty years": line(*(float(n) for n in range(60))),
}  # fmt: skip


def items(chart):
    """The bars or points of the specification."""
    datasets = write_spec(chart)["datasets"]
    return datasets.get("bars") or datasets["points"]


@pytest.mark.parametrize("name", GALLERY)
def test_every_chart_of_the_gallery_is_drawn_with_its_words(name, tmp_path):
    root = ElementTree.fromstring(render_chart(GALLERY[name], tmp_path))  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-x-title chart-x-desc"
    assert root.find(f"{SVG}title").text == GALLERY[name].title
    assert root.find(f"{SVG}desc").text == GALLERY[name].words
    assert not [element for element in root.iter() if element is not root and element.get("role")]
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    assert 300 < width < 520
    assert 20 < height < 2000


def test_a_withheld_bar_has_no_length_and_shows_its_mark(tmp_path):
    found = {item["label"]: item for item in items(bars(0.0, None, 3.0))}
    assert found["Group 1"]["value"] is None
    assert found["Group 1"]["text"] == "[c]"
    assert found["Group 0"]["value"] == 0.0
    drawing = render_chart(bars(None, 3.0), tmp_path)
    assert drawing.count('fill="var(--sp-focus)"') == 0
    assert "[c]" in drawing


def test_a_withheld_point_breaks_the_line(tmp_path):
    drawing = render_chart(line(4.0, None, 5.0, 6.0), tmp_path)
    path = re.search(r'mark-line.*? d="([^"]+)"', drawing, re.S).group(1)
    assert path.count("M") == 2
    assert drawing.count("[c]") == 1


def test_a_break_in_the_series_starts_a_new_line():
    assert [item["segment"] for item in items(GALLERY["a break in the series"])] == ["0-0", "0-0", "0-1"]


def test_the_names_of_lines_stand_at_their_ends(tmp_path):
    assert render_chart(lines(3), tmp_path).count("The long name") == 3


def test_headings_stand_above_their_bars(tmp_path):
    assert ">Girls<" in render_chart(bars(1.0, 2.0, title="Girls"), tmp_path)


def test_bars_start_at_zero():
    assert write_spec(bars(50.0, 60.0))["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0.0, 60.0]


def test_times_keep_their_distance():
    assert [item["x"] for item in items(GALLERY["uneven years"])] == [2010.0, 2015.0, 2019.0]


def test_the_cache_gives_the_same_drawing_and_a_spoilt_entry_is_drawn_again(tmp_path):
    first = render_chart(bars(5.0), tmp_path)
    (entry,) = tmp_path.rglob("*.svg")
    before = entry.read_bytes()
    entry.write_bytes(before[:-20])
    assert render_chart(bars(5.0), tmp_path) == first
    assert entry.read_bytes() == before
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [entry]


def test_the_time_zone_does_not_change_a_drawing(tmp_path, monkeypatch):
    first = render_chart(line(4.0, 5.0), tmp_path / "a")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert render_chart(line(4.0, 5.0), tmp_path / "b") == first
    assert os.environ["TZ"] == "Asia/Tokyo"


def test_words_in_a_drawing_are_escaped(tmp_path):
    chart = BarChart("chart-x", "H", "<script>", "", "a & b", (BarGroup("", (Bar("<b>", 1.0, "1", True),)),))
    assert "<script>" not in render_chart(chart, tmp_path)
    assert "<b>" not in render_chart(chart, tmp_path)


def test_a_drawing_has_colours_for_light_and_dark(tmp_path):
    drawing = render_chart(bars(5.0, 4.0), tmp_path)
    assert "var(--sp-focus)" in drawing
    assert "var(--sp-muted)" in drawing


def ids(indicators, name):
    return [chart.id for chart in charts_of(indicators[name])]


def charts_of(indicator):
    return [chart for charts in describe_charts(indicator).values() for chart in charts]


def test_the_shape_of_the_figures_chooses_the_charts(indicators):
    assert ids(indicators, "looked-after/rate") == ["chart-trend", "chart-areas"]
    assert ids(indicators, "looked-after/number") == []
    assert ids(indicators, "looked-after/hidden") == []
    assert ids(indicators, "missing/missing") == ["chart-age", "chart-sex"]
    assert ids(indicators, "missing/share") == ["chart-sex-age"]
    assert ids(indicators, "exclusions/rate") == ["chart-phase"]
    assert ids(indicators, "exclusions/neet") == ["chart-areas"]


def test_a_trend_tells_every_point_with_its_reason_for_a_gap(indicators):
    trend = charts_of(indicators["looked-after/rate"])[0]
    assert trend.words == "2015/16: 84.0; 2016/17: withheld; 2017/18: 92.0; 2018/19: 95.0."
    assert [line.label for line in trend.lines] == ["Kesteven", "The Ridings", "England"]
    assert [point.value for point in trend.lines[0].points] == [84.0, None, 92.0, 95.0]


def test_areas_are_ranked_and_the_focus_stands_out(indicators):
    (chart,) = charts_of(indicators["exclusions/neet"])
    assert [(bar.label, bar.strong) for bar in chart.groups[0].bars] == [
        ("Kesteven", True),
        ("The Ridings", False),
        ("England", False),
    ]


def test_times_of_different_kinds_are_not_joined_by_a_line(tmp_path):
    rows = [("m", "K", when, {}, 5, "", "") for when in ("2016-04-01/P1Y", "2017-04-01/P1Y", "2019-03-31/P1D")]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Children")]))
    (chart,) = charts_of(describe_indicators(package)[0])
    assert [point.label for point in chart.lines[0].points] == ["2016/17", "2017/18"]
