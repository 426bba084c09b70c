"""The public page on how a package was checked, and words of the publisher for those who cannot see a chart."""

from dataclasses import replace

from statpress.site.charts.describe import describe_charts


def read(site, path):
    return (site / path).read_text(encoding="utf-8")


def test_each_check_stands_with_its_result_and_known_faults_with_their_reason(site):
    page = read(site, "data/missing/quality/index.html")
    assert "1 check passed, 1 known fault, 1 check not met, 1 result not told." in page
    assert "<strong>Known fault</strong>. The source says &lt;b&gt;so&lt;/b&gt;." in page
    assert "<strong>Checked</strong>. What came of it is not told" in page
    assert "<strong>Not met</strong>" in page


def test_the_page_says_what_changed_and_why(site):
    page = read(site, "data/missing/quality/index.html")
    assert "Since version 2018.1, 1 December 2018:" in page
    assert "<li>2 figures are added.</li>" in page
    assert "<li>1 figure is revised.</li>" in page
    assert "The definition of missing changed: A new law." in page


def test_the_page_of_a_package_leads_to_it_where_there_is_one(site):
    assert 'href="../../data/missing/quality/"' in read(site, "data/missing/index.html")
    assert "How the figures are made: Counted in records." in read(site, "data/missing/index.html")
    for package in ("bus-stops", "looked-after"):
        assert "quality/" not in read(site, f"data/{package}/index.html")
        assert not (site / f"data/{package}/quality").exists()


def test_words_of_the_publisher_take_the_place_of_those_made_for_the_first_chart(indicators):
    indicator = indicators["looked-after/rate"]
    made, *others = describe_charts(indicator)[()]
    told, *same = describe_charts(replace(indicator, alt="It rose and fell."))[()]
    assert told.words == "It rose and fell."
    assert made.words != told.words
    assert same == others
