"""A withheld number is in no byte of what is published: files, pages, charts, archives, or what commands say."""

import gzip
import io
import re
import zipfile

import pyarrow.parquet as pq
import pytest
from commands import statpress
from project import edit, make_project

PLANTED = {"small": "7919", "partner": "8317", "by hand": "48271", "second release": "7907", "second partner": "8311"}
PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"
REPORT = "site_src/reports/year.md"
HEAD = "---\ntitle: Our year\ndescription: What we found.\ndocument: Yearly report\narea: Exampleshire\n---\n"
HIDDEN = '"children-missing", "2018/19", sex="male"'
HONEST = f"""{{{{ figure("children-missing", "2018/19", area="E2") }}}} in Otherford; boys: {{{{ withheld({HIDDEN}) }}}}.
{{{{ fell("children-missing", from="2018/19", to="2019/20") }}}}
{{{{ difference("children-missing", "2018/19", area="E2", than=at(area="E1")) }}}}
"""
PRYING = [
    f"{{{{ figure({HIDDEN}) }}}}",
    f"{{{{ at_least({HIDDEN}, {PLANTED['small']}) }}}} {{{{ at_most({HIDDEN}, {PLANTED['small']}) }}}}",
    '{{ difference("children-missing", "2018/19", sex="all", than=at(sex="male")) }}',
    f'{{{{ highest({HIDDEN}, among="sex") }}}} {{{{ more_than_half({HIDDEN}) }}}}',
    f'{{{{ withheld({HIDDEN}, say="{PLANTED["small"]} boys") }}}}',
    f"There were {PLANTED['small']} boys, and 7,919 is that number.",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with unusual numbers that must be withheld, published twice and built, and what was said."""
    root = make_project(tmp_path_factory.mktemp("planted"))
    edit(root, "pipelines/policies.yml", "counts: 1..5", "counts: 1..8000")
    edit(
        root,
        PIPELINE,
        "compute: [missing-share]",
        "compute: [missing-share]\nwithhold:\n  - {where: {measure: children, sex: female, period: 2019-04-01/P1Y}, reason: Known to all.}",
    )
    (root / SOURCE).write_text(
        "measure,area,period,sex,value\n"
        "children-missing,E1,2018/19,all,60000\n"
        f"children-missing,E1,2018/19,M,{PLANTED['small']}\n"
        "children-missing,E1,2018/19,F,52081\n"
        "children-missing,E2,2018/19,all,90001\n"
        f"children-missing,E1,2019/20,all,{int(PLANTED['small']) + int(PLANTED['partner'])}\n"
        f"children-missing,E1,2019/20,M,{PLANTED['small']}\n"
        f"children-missing,E1,2019/20,F,{PLANTED['partner']}\n"
        "children,E1,2019/20,all,148271\n"
        "children,E1,2019/20,M,100000\n"
        f"children,E1,2019/20,F,{PLANTED['by hand']}\n"
    )
    said = [statpress(root, "publish"), statpress(root, "explain", "missing"), statpress(root, "check", "--json")]
    edit(root, SOURCE, f"2019/20,M,{PLANTED['small']}", f"2019/20,M,{PLANTED['second release']}")
    edit(root, SOURCE, f"2019/20,F,{PLANTED['partner']}", f"2019/20,F,{PLANTED['second partner']}")
    edit(root, SOURCE, "2019/20,all,16236", "2019/20,all,16218")
    edit(root, PIPELINE, "version: 2020.1, date: 2020-06-01", "version: 2020.2, date: 2020-09-01")
    (root / REPORT).parent.mkdir()
    (root / REPORT).write_text(HEAD + HONEST)
    said += [statpress(root, "build"), statpress(root, "site")]
    assert [finished.returncode for finished in said] == [0] * 5, [finished.stderr for finished in said]
    for number, prying in enumerate(PRYING):
        (root / f"site_src/reports/pry-{number}.md").write_text(HEAD + prying)
    refused = [statpress(root, "site"), statpress(root, "site", "--json")]
    assert [finished.returncode for finished in refused] == [10, 10]
    assert all(f"pry-{number}.md" in finished.stdout + finished.stderr for finished in refused for number in range(6))
    said += refused
    return root, "".join(finished.stdout + finished.stderr for finished in said)


def every_byte(path, data):
    """The file itself and everything inside it, unpacked, however deep; of Parquet, what it says of itself and its cells."""
    yield path, data
    if data[:4] == b"PAR1":
        table = pq.read_table(io.BytesIO(data))
        yield f"{path}!", f"{table.schema.metadata}\n{table.to_pylist()}".encode()
    if data[:2] == b"\x1f\x8b":
        yield from every_byte(f"{path}!", gzip.decompress(data))
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from every_byte(f"{path}!{name}", archive.read(name))


def published_bytes(root):
    for folder in ("datapackages", "site"):
        for path in (root / folder).rglob("*"):
            if path.is_file():
                yield from every_byte(path.relative_to(root).as_posix(), path.read_bytes())
    yield "ledger", (root / "pipelines/missing/ledger.csv").read_bytes()


def ways_to_write(number):
    """The number as files, pages and charts may write it: 7919, 7,919, 7 919, 7.919, 79.19 %, 7.9k is not it."""
    head, tail = number[:-3], number[-3:]
    separators = r"(?:,|\.|\s|&nbsp;|&#160;|&#8239;|\xc2\xa0|\xe2\x80\xaf|_)?"
    return re.compile(rf"(?<![0-9a-f]){head}{separators}{tail}(?![0-9a-f])".encode("latin-1"))


@pytest.mark.parametrize("kind", PLANTED)
def test_no_published_byte_holds_a_planted_number(built, kind):
    root, said = built
    pattern = ways_to_write(PLANTED[kind])
    files = dict(published_bytes(root))
    assert len(files) > 30
    assert {"site/assets/find.json", "site/areas/E1/index.html", "site/compare/children-missing/index.html"} <= set(
        files
    )
    assert [path for path, data in files.items() if pattern.search(data)] == []
    assert not pattern.search(said.encode())


def test_the_search_would_find_a_number_that_is_shown(built):
    """The same search finds a total that is not withheld: in data, page, chart and archive."""
    root, _ = built
    pattern = ways_to_write("90001")
    found = {path.rsplit(".", 1)[-1] for path, data in published_bytes(root) if pattern.search(data)}
    assert {"csv", "html", "json", "parquet!", "xml"} <= found
    for end in ("xlsx", "ods", "parquet"):
        assert any(f".{end}!" in path for path, data in published_bytes(root) if pattern.search(data)), end
    assert any("!" in path for path, data in published_bytes(root) if pattern.search(data))


def test_what_is_withheld_does_not_follow_by_subtraction(built):
    root, _ = built
    text = (root / "datapackages/missing/data/observations.csv").read_text()
    rows = [line.split(",") for line in text.splitlines()[1:]]
    shown = {tuple(row[:4]) for row in rows if row[4]}
    for period in ("2018-04-01/P1Y", "2019-04-01/P1Y"):
        cells = [("children-missing", "E1", period, sex) in shown for sex in ("all", "male", "female")]
        assert cells.count(False) != 1
