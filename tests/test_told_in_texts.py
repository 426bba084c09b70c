"""No text that is published beside figures states a number that the same package withholds.

True values are compared here and never shown: a failure names the package and where in it the text stands.
"""

import csv
import json
import re
from pathlib import Path

import pytest

from statpress.declare.load import load_declarations
from statpress.paths import Project
from statpress.tables.observations import load_observations

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent.name for path in ROOT.glob("datapackages/*/datapackage.json"))
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
"""`One` is left out: it says which, and not how many, nearly always."""
NUMBER = re.compile(rf"(?<![\w.,/-])(\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(WORDS)})(\.\d+)?(?![\w/-])(%|\.\d)?", re.I)
NO_FIGURE = re.compile(
    r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(19|20)\d\d([/-]\d\d)?\b|\b\d{1,2} (to|and|or) \d{1,2}\b|\b(aged?|ages|under|over|(?-i:Years?)|section|table|page|"
    r"figure|part|per|tier|level|stage|version|of all|every|from|rounded to) \d+(\.\d+)*",
    re.IGNORECASE,
)
DATA = "$schema bytes created hash id ledger lines path proof quality schema sha256 version words".split()  # noqa: SIM905
"""Parts of a descriptor that are no text of a person."""
LENGTHS = {"P1Y": r"\byears?\b", "P1M": r"\bmonths?\b", "P3M": r"\bquarters?\b"}
LENGTH = re.compile("P1Y|P1M|P3M")
SMALL = 20
"""A number up to this stands in a text for many things, so it counts only before the word for what is counted."""


def texts_of(part, place="", measures=frozenset()):
    """Every free text of a descriptor, where it stands, and the measures that it is about; none where it is about all."""
    if isinstance(part, str):
        yield place, part, measures
    elif isinstance(part, dict | list):
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
            if key not in DATA:
                yield from texts_of(inner, f"{place}.{key}", measures)


def published_texts(name):
    """Every free text of a package: of its descriptor, and of its tables (definitions, readings, notes, labels)."""
    descriptor = json.loads((ROOT / "datapackages" / name / "datapackage.json").read_bytes())
    own = descriptor["statpress"]
    for index, caveat in enumerate(own.pop("caveats")):
        about = frozenset(measure["id"] for measure in own["measures"] if caveat["id"] in measure["caveats"])
        yield f"caveats.{index}", caveat["text"], about
    for measure in own.pop("measures"):
        yield from texts_of(measure, f"measures.{measure['id']}", frozenset([measure["id"]]))
    yield from texts_of(descriptor)
    for path in sorted((ROOT / "datapackages" / name / "data").glob("*.csv")):
        for line, row in enumerate(read(path), start=2):
            about = frozenset(
                row[key] for key in ("measure", "id") if path.stem in ("observations", "measures") and key in row
            )
            for column, text in row.items():
                if " " in (text or ""):
                    yield f"{path.name}, line {line}, {column}", text, about


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stated_in(text):
    """The numbers that a text states, and the words that follow each at once."""
    bare = NO_FIGURE.sub(lambda found: "x" * len(found[0]), text)
    for found in NUMBER.finditer(bare):
        if not found[2] and not found[3]:
            digits = found[1].replace(",", "").lower()
            number = WORDS[digits] if digits in WORDS else int(digits)
            yield number, re.findall(r"[a-z]+", bare[found.end() :].lower())[:3]


def tells(text, withheld):
    """Whether a text states one of the withheld figures: a number, the words of its unit, and its period for each."""
    for sentence in re.split(r"(?<=[.?!])\s", text):
        lengths = {length for length, words in LENGTHS.items() if re.search(words, sentence, re.IGNORECASE)}
        for number, after in stated_in(sentence):
            for value, unit, period in withheld:
                is_counted = number > SMALL or any(stem(word) in unit for word in after)
                length = LENGTH.search(period)
                if number == value and is_counted and (not lengths or length is None or length[0] in lengths):
                    return True
    return False


def stem(word):
    return word.removesuffix("ren").removesuffix("s")


def units_of(measure):
    """What is counted, as texts may call it."""
    words = re.findall(r"[a-z]+", measure.unit.lower())
    people = {"child", "young", "people", "person", "boy", "girl"} if "children" in words else set()
    return frozenset(stem(word) for word in words if len(word) > 3) | people


def withheld_of(name, observations, declared):
    """By measure the true numbers of what a package withholds, each with the words of its unit and its period."""
    rows = read(ROOT / "datapackages" / name / "data/observations.csv")
    keys = [column for column in rows[0] if column not in ("value", "status", "note")]
    hidden = {tuple(row[key] for key in keys) for row in rows if row["status"] == "c"}
    found = {}
    for *key, value in observations.table[[*keys, "value"]].itertuples(index=False, name=None):
        if tuple(key) in hidden and value > 0 and value == round(value):
            found.setdefault(key[0], set()).add((round(value), units_of(declared.measures[key[0]]), key[2]))
    return found


@pytest.fixture(scope="module")
def withheld():
    """For each package what it withholds; never shown."""
    project = Project(ROOT)
    declared = load_declarations(project)
    found = {}
    for name in PACKAGES:
        observations, _ = load_observations(project, name, declared)
        found[name] = withheld_of(name, observations, declared)
    return found


@pytest.mark.xdist_group("told-in-texts")
def test_no_text_of_the_repository_states_a_withheld_number(withheld):
    told = []
    for name in PACKAGES:
        for place, text, measures in published_texts(name):
            about = [pairs for measure, pairs in withheld[name].items() if not measures or measure in measures]
            told += [f"{name}: {place}"] if tells(text, set().union(*about)) else []
    if told:
        pytest.fail(f"These texts state a number that their package withholds: {'; '.join(told)}", pytrace=False)


@pytest.mark.xdist_group("told-in-texts")
def test_it_has_something_to_look_for(withheld):
    assert sum(bool(found) for found in withheld.values()) > len(PACKAGES) // 3


CHILDREN, YEAR = frozenset({"child", "young", "people"}), "2018-04-01/P1Y"


@pytest.mark.parametrize(
    "text",
    [
        "Of these, 3 children moved.",
        "Three young people left.",
        "It was 1,234 before.",
        "They were 57.",
        "57 moved",
        "In the year 57 moved.",
    ],
)
def test_a_text_that_states_a_withheld_number_is_found(text):
    assert tells(text, {(3, CHILDREN, YEAR), (1234, CHILDREN, YEAR), (57, CHILDREN, YEAR)})


@pytest.mark.parametrize(
    "text",
    [
        "Children aged 3 or 4.",
        "Table 57 of the report, on 3 March 2018.",
        "The three systems count alike.",
        "It rose by 57%, or 1.3 points.",
        "Children under 3.",
        "In the month 57 moved. In the year it was 60.",
    ],
)
def test_other_numbers_are_none(text):
    assert not tells(text, {(3, CHILDREN, YEAR), (57, CHILDREN, YEAR)})


def test_every_kind_of_text_is_looked_at():
    places = {place for name in PACKAGES for place, _, _ in published_texts(name)}
    for kind in (r"\.title", r"\.description", r"\.statpress\.release\.notes", r"caveats\.\d+", r"measures\..+\.alt"):
        assert any(re.fullmatch(kind, place) for place in places), kind
    for kind in (r"measures\.csv, .*, definition", r"measures\.csv, .*, matters", r"observations\.csv, .*, note"):
        assert any(re.fullmatch(kind, place) for place in places), kind
