"""Charts as data: what is drawn, what is a gap with a mark, and that nothing breaks them."""

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from fixture_councils import add_boundaries, write_councils
from fixture_packages import measure, write_package

import statpress.site
from statpress.declare.pictures import ChartKind
from statpress.packages.descriptor import MeasureEntry
from statpress.packages.read import read_package
from statpress.site.charts.describe import KINDS, describe_charts
from statpress.site.charts.gallery import list_gallery
from statpress.site.charts.model import Bar, BarChart, BarGroup, Chart, Line, LineChart, PanelChart, Point
from statpress.site.charts.picture import Frame, render_picture, render_png
from statpress.site.charts.specs.lines import shorten_time, spread_names
from statpress.site.charts.specs.style import COLOURS
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
    "uneven years": line(787.0, 536.0, 892.0, years=(10, 15, 19)),
    "a break in the series": line(4.0, 5.0, 9.0, breaks=(2,)),
    "only zeros": bars(0.0, 0.0),
    "tiny line": line(0.001, 0.002),
    "millions": line(9_000_000.0, 10_000_000.0),
    "right to left and accents": named("مدرسة", "Ynys Môn"),
    "a label of 120 characters": named("word " * 24, title="heading " * 11),
} | {f"{kind}: {name}": chart for kind, charts in list_gallery().items() for name, chart in charts.items()}


def items(chart):
    """The bars or points of the specification."""
    datasets = write_spec(chart)["datasets"]
    return datasets.get("bars") or datasets["points"]


@pytest.mark.parametrize("name", GALLERY)
def test_every_chart_of_the_gallery_is_drawn_with_its_words(name, tmp_path):
    chart = GALLERY[name]
    root = ElementTree.fromstring(render_chart(chart, tmp_path))  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{chart.id}-title {chart.id}-desc"
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.words
    assert not [element for element in root.iter() if element is not root and element.get("role")]
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    assert 290 < width <= 345
    assert 20 < height < 2000


@pytest.mark.parametrize("name", GALLERY)
def test_no_letter_of_a_chart_is_small_on_a_phone(name, tmp_path):
    """A phone of 360 pixels has room for a drawing of 336."""
    drawing = render_chart(GALLERY[name], tmp_path)
    width = float(re.search(r'viewBox="0 0 ([0-9.]+)', drawing).group(1))
    sizes = [float(size) for size in re.findall(r'font-size="([0-9.]+)px"', drawing)]
    assert min(sizes, default=12) * 336 / width >= 12


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


def crowd(*heights, lines=1):
    return [{"y": height, "name": "\n".join(["Name"] * lines)} for height in heights]


def test_names_that_have_room_stand_beside_the_ends_of_their_lines():
    assert [middle for _, middle in spread_names(crowd(40.0, 100.0))] == [40.0, 100.0]


def test_names_that_would_overlap_stand_around_their_lines_in_their_order():
    placed = spread_names(crowd(104.0, 100.0, 96.0, lines=2))
    assert [end["y"] for end, _ in placed] == [96.0, 100.0, 104.0]
    assert [middle for _, middle in placed] == [70.0, 100.0, 130.0]


@pytest.mark.parametrize("height", [0.0, 210.0])
def test_crowded_names_stay_inside_the_drawing(height):
    middles = [middle for _, middle in spread_names(crowd(*[height] * 4))]
    assert all(0 <= middle <= 210 for middle in middles)
    assert len({round(middle) for middle in middles}) == 4


def test_a_name_away_from_its_line_has_a_thin_line_to_it(tmp_path):
    def leads(*values):
        made = tuple(
            Line(f"Area {n}", n == 0, (Point(2010.0, "2010", 1.0, "1", False), Point(2015.0, "2015", value, "", False)))
            for n, value in enumerate(values)
        )
        return render_chart(LineChart("chart-x", "Heading", "Title", "%", "Words.", made), tmp_path).count("mark-rule")

    assert leads(50.0, 51.0) - leads(10.0, 90.0) == 2


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


@pytest.fixture(scope="session")
def councils(tmp_path_factory):
    """The indicators of the package with every special shape, by measure."""
    package = read_package(write_councils(tmp_path_factory.mktemp("packages") / "councils"))
    return {indicator.measure.id: indicator for indicator in describe_indicators(package)}


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


def test_every_kind_that_can_be_declared_is_drawn_and_has_its_place_in_the_gallery():
    drawn = {type(chart) for charts in list_gallery().values() for chart in charts.values()}
    assert drawn == set(get_args(Chart))
    assert set(KINDS) == set(get_args(ChartKind))


def shown_texts(chart, cache):
    """Every text of a drawing."""
    root = ElementTree.fromstring(render_chart(chart, cache))  # noqa: S314 - our own drawing
    return [element.text for element in root.iter(f"{SVG}text")] + [part.text for part in root.iter(f"{SVG}tspan")]


WITH_MARKS = {
    name: chart for name, chart in GALLERY.items() if "withheld" in name.lower() or name.endswith("Three groups")
}


@pytest.mark.parametrize("name", WITH_MARKS)
def test_a_withheld_figure_leaves_its_mark_in_every_kind_of_chart(name, tmp_path):
    assert any("[c]" in (text or "") for text in shown_texts(WITH_MARKS[name], tmp_path))


@pytest.mark.parametrize("name", [name for name in WITH_MARKS if "All withheld" in name])
def test_where_all_is_withheld_nothing_stands_for_a_value(name, tmp_path):
    drawing = render_chart(WITH_MARKS[name], tmp_path)
    bars_and_dots = re.findall(r'fill="var\(--sp-(?:focus|muted)\)"', drawing)
    assert bars_and_dots == []


def test_the_scale_does_not_change_with_what_is_withheld():
    """The ends of every scale come from shown figures alone, whatever a withheld one may be."""
    shown = [items(line(4.0, 5.0))[0], items(line(4.0, 5.0, None))[0]]
    assert shown[0]["value"] == shown[1]["value"]
    scales = [
        write_spec(line(*values))["layer"][0]["encoding"]["y"]["scale"] for values in ((4.0, 5.0), (4.0, None, 5.0))
    ]
    assert scales[0] == scales[1]


def test_the_line_of_the_area_in_focus_is_drawn_over_the_others(tmp_path):
    assert [item["colour"] for item in items(lines(3))][-1] == "var(--sp-focus)"


@pytest.mark.parametrize(
    ("values", "expected"),
    [((4.0, 9.0), ["0", "2.5", "5.0", "7.5", "10.0"]), ((3_000_000.0,) * 2, ["0", "1M", "2M", "3M", "4M"])],
)
def test_an_axis_says_its_numbers_whole(tmp_path, values, expected):
    texts = [text for text in shown_texts(line(*values), tmp_path) if text]
    assert set(expected) <= set(texts)


def test_the_shape_of_figures_chooses_among_all_kinds(indicators, councils):
    assert ids(councils, "absence") == ["chart-trend", "chart-panels", "chart-map", "chart-areas"]
    kinds = {name: [type(c).__name__ for c in charts_of(councils[name])] for name in
             ("absence", "helped", "score", "journey", "factors")}  # fmt: skip
    assert kinds == {
        "absence": ["LineChart", "PanelChart", "MapChart", "DotChart"],
        "helped": ["BulletChart", "BarChart"],
        "score": ["BandChart"],
        "journey": ["PartChart"],
        "factors": ["OverlapChart"],
    }
    assert [type(chart).__name__ for chart in charts_of(indicators["missing/share"])] == ["PairChart"]
    assert [type(chart).__name__ for chart in charts_of(indicators["exclusions/rate"])] == ["DotChart"]


def test_a_package_may_choose_the_kind_of_the_first_chart(councils):
    chosen = replace(councils["journey"], entry=MeasureEntry(id="journey", chart="bars"))
    assert [type(chart).__name__ for chart in charts_of(chosen)] == ["BarChart"]
    unfit = replace(councils["journey"], entry=MeasureEntry(id="journey", chart="overlap"))
    assert [type(chart).__name__ for chart in charts_of(unfit)] == ["PartChart"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Kesteven rises more than England.", "LineChart"),
        ("It rises everywhere.", "LineChart"),
        ("Kesteven and Council number 12 rise.", "PanelChart"),
        ("Council number 3 is not shown.", "MapChart"),
    ],
)
def test_words_of_the_publisher_stand_at_the_first_chart_that_draws_all_areas_that_they_name(councils, words, kind):
    charts = charts_of(replace(councils["absence"], alt=words))
    assert [type(chart).__name__ for chart in charts if chart.words == words] == [kind]
    assert charts[0].words.startswith(words if kind == "LineChart" else "2015/16: 10.5%")


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("31 March 2019", "Mar 2019"),
        ("March 2019", "Mar 2019"),
        ("2018/19", "2018/19"),
        ("April to June 2019", "Apr–Jun 2019"),
        ("31 December 2015 to 30 June 2019", "Dec 2015–Jun 2019"),
        ("2012/13 to 2017/18", "2012/13–2017/18"),
        ("Date not stated", "Date not stated"),
    ],
)
def test_times_are_short_on_an_axis(label, short):
    assert shorten_time(label) == short


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("January to March 2019", "April to June 2019"), ["Jan–Mar 2019", "Apr–Jun 2019"]),
        (("Late in the winter of 2019", "In the summer of 2019"), ["In the summer of 2019"]),
    ],
)
def test_labels_of_times_that_are_near_do_not_run_into_each_other(labels, shown):
    """Two quarters leave wide margins on both sides, so that they are nearer to each other than the plot is wide."""
    points = tuple(Point(2019 + n / 4, label, 60.0, "60%", False) for n, label in enumerate(labels))
    chart = LineChart("chart-x", "Heading", "Title", "%", "Words.", (Line("Kesteven", True, points),))
    assert [point["tick"] for point in write_spec(chart)["datasets"]["points"] if point["tick"]] == shown


def test_a_panel_that_begins_late_names_its_end_alone():
    years = {"Early": range(2015, 2020), "Late": range(2018, 2020)}
    panels = [
        Line(name, False, tuple(Point(y, str(y), 5.0, "5", False) for y in found)) for name, found in years.items()
    ]
    spec = write_spec(PanelChart("chart-x", "Heading", "Title", "%", "Words.", tuple(panels)))
    (points,) = spec["datasets"].values()
    told = [(point["panel"], point["tick"]) for point in points if point["tick"]]
    assert told == [("Early", "2015"), ("Early", "2019"), ("Late", "2019")]


def test_an_interval_is_drawn_only_where_its_figure_is_shown(councils):
    chart = charts_of(councils["absence"])[-1]
    spots = {row.label: row.spots[0] for row in chart.rows}
    assert (spots["Kesteven"].low, spots["Kesteven"].value, spots["Kesteven"].high) == (11.5, 13.5, 15.5)
    assert (spots["Council number 3"].low, spots["Council number 3"].value) == (None, None)


def test_a_picture_carries_its_title_its_source_and_no_colour_of_the_page(tmp_path):
    frame = Frame("A <title> that is rather long", "children", "Source: A & B.", "https://example.org/x/")
    picture = render_picture(bars(5.0, None), frame, tmp_path)
    texts = " ".join(element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text"))  # noqa: S314
    for words in ("A <title> that is rather long", "children", "Source: A & B.", "https://example.org/x/", "[c]"):
        assert words in texts
    assert "var(" not in picture
    png = render_png(picture, tmp_path)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(png) < 60_000
    assert render_png(picture, tmp_path / "again") == png


def test_colours_of_pictures_are_those_of_a_light_page():
    style = (Path(statpress.site.__file__).parent / "assets" / "embed.css").read_text().split("@media")[0]
    said = dict(re.findall(r"(--sp-[a-z0-9-]+): (#[0-9a-f]+)", style))
    whole = {
        name: colour if len(colour) == 7 else "#" + "".join(letter * 2 for letter in colour[1:])
        for name, colour in said.items()
    }
    assert {name: whole[name] for name in COLOURS} == COLOURS


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_texts_and_marks_stand_out(scheme):
    style = (Path(statpress.site.__file__).parent / "assets" / "embed.css").read_text().split("@media")[scheme]
    colours = dict(re.findall(r"(--sp-[a-z0-9-]+): (#[0-9a-f]{6})", style)) | (
        {} if scheme else {"--sp-paper": "#ffffff"}
    )
    paper = colours["--sp-paper"]
    for name in ("--sp-ink", "--sp-soft", "--sp-focus", "--sp-link"):
        assert contrast(colours[name], paper) >= 4.5, name
    for name in ("--sp-muted", *(f"--sp-line-{n}" for n in range(1, 7))):
        assert contrast(colours[name], paper) >= 3, name
    for band in ("--sp-band-1", "--sp-band-2"):
        assert contrast(colours["--sp-ink"], colours[band]) >= 4.5
        assert contrast(colours["--sp-soft"], colours[band]) >= 4.5
        assert contrast(colours["--sp-focus"], colours[band]) >= 3
    for n in range(1, 7):
        assert contrast(colours[f"--sp-line-{n}"], paper) >= 4.5, "the text in a part has the colour of the paper"


def test_a_remark_on_a_figure_is_told_where_it_falls(tmp_path):
    rows = [
        ("m", "K", f"{year}-04-01/P1Y", {}, year - 2000, "", "The law changed" * (year == 2016))
        for year in range(2012, 2020)
    ]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Children")]))
    (chart,) = charts_of(describe_indicators(package)[0])
    assert chart.words.endswith(" 2016/17: The law changed.")
    assert [item["says"] for item in items(chart) if item["says"]] == ["12", "16*", "19"]


def write_map_package(folder, kind="rate"):
    """Six areas in a row with boundaries, one withheld."""
    areas = {f"A{n}": f"Area {n}" for n in range(5)} | {"K": "Kesteven"}
    rows = [
        ("m", code, "2018-04-01/P1Y", {}, "" if n == 3 else 10 + n, "c" if n == 3 else "", "")
        for n, code in enumerate(areas)
    ]
    write_package(folder, rows, [measure("m", "Rate", kind=kind, base="100" if kind == "rate" else "")], areas=areas)
    add_boundaries(folder, areas)
    return describe_indicators(read_package(folder))[0]


def test_areas_with_boundaries_have_a_map_whose_classes_come_from_shown_figures(tmp_path):
    chart = next(chart for chart in charts_of(write_map_package(tmp_path / "p")) if chart.id == "chart-map")
    assert chart.steps == ("10", "11", "12", "14", "15")
    assert [
        (place.name, place.step, place.strong) for place in chart.places if place.name in ("Area 3", "Kesteven")
    ] == [
        ("Area 3", None, False),
        ("Kesteven", 4, True),
    ]
    drawing = render_chart(chart, tmp_path)
    assert drawing.count("[c]") == 1
    assert "No figure is shown" in drawing


def test_numbers_of_people_have_no_map_unless_it_is_asked_for(tmp_path):
    indicator = write_map_package(tmp_path / "p", kind="count")
    assert "chart-map" not in [chart.id for chart in charts_of(indicator)]
    asked = replace(indicator, entry=MeasureEntry(id="m", chart="map"))
    assert [chart.id for chart in charts_of(asked)] == ["chart-map"]


@pytest.mark.parametrize("kind", list_gallery())
def test_the_specification_of_every_kind_is_valid(kind):
    import altair
    import jsonschema

    for chart in list_gallery()[kind].values():
        altair.Chart.from_dict(write_spec(chart), validate=True)
    spec = write_spec(chart)
    with pytest.raises(jsonschema.ValidationError):
        altair.Chart.from_dict({**spec, "data": 7, "layer": "none"}, validate=True)
