"""Whoever is alone in a withheld cell: what she works out of the cells of others, against trying every table."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tables import flat, grid, package, ranges_by_hand

from statpress.audit.attack import attack
from statpress.audit.insiders import attack_as_insiders, known_to
from statpress.audit.leads import find_insiders, find_leads
from statpress.audit.printed import Cell, Measure, Quantity, Rules
from statpress.audit.sentences import explain_findings

ROWS, COLUMNS = "AB", "xyz"
OUTCOMES = ("plan", "none")
KEYS = list(product([*ROWS, "all"], [*COLUMNS, "all"]))


def name_of(row, column):
    groups = tuple(pair for pair in (("need", column), ("ward", row)) if pair[1] != "all")
    return Quantity("count", "", "", groups)


def parts_of(key):
    return {(r, c) for r, c in product(ROWS, COLUMNS) if key[0] in ("all", r) and key[1] in ("all", c)}


def printed(counts, hidden):
    """The counts of the inner cells as a table with its margins, some withheld; and all the true counts."""
    inner = dict(zip(product(ROWS, COLUMNS), counts, strict=True))
    truth = {key: sum(inner[part] for part in parts_of(key)) for key in KEYS}
    lines = [" ".join([r, *("c" if (r, c) in hidden else str(truth[r, c]) for c in [*COLUMNS, "all"])]) for r in "AB"]
    last = " ".join(["all", *("c" if ("all", c) in hidden else str(truth["all", c]) for c in [*COLUMNS, "all"])])
    text = "\n".join([" ".join([*COLUMNS, "all"]), *lines, last])
    return grid(text, rules=Rules(complements=False, zeros_shown=False)), truth


def learnt(table, truth):
    """Pairs of insider and cell, as the attack finds them."""
    hidden = {name_of(*key) for key in KEYS if table.cells["count", "", "", *key].value is None}
    names = {name_of(*key): value for key, value in truth.items()}
    report = attack([table], sensitive=dict.fromkeys(hidden, "not_determined"), start=names, truth=names)
    alone = [name for name in hidden if names[name] == 1]
    findings = attack_as_insiders(report, alone, hidden, names)
    assert {finding.kind for finding in findings} <= {"determined"}
    return {(finding.insider, finding.target.name) for finding in findings if finding.target.is_cell}


def learnt_by_hand(table, truth):
    """The same by trying every table: what is determined for her, not for everybody, and is not about herself."""
    outside = ranges_by_hand(table, 7)
    hidden = [key for key in KEYS if table.cells["count", "", "", *key].value is None]
    for own in (key for key in hidden if truth[key] == 1):
        seen = ranges_by_hand(replace(table, cells=table.cells | {("count", "", "", *own): Cell(Decimal(1))}), 7)
        for key in hidden:
            is_hers = any(truth[one] == 1 and parts_of(one) >= parts_of(own) | parts_of(key) for one in KEYS)
            is_hers = is_hers or (truth[key] == 1 and bool(_hers(own, truth) & parts_of(key)))
            if outside[key][0] < outside[key][1] and seen[key][0] == seen[key][1] and not is_hers:
                yield name_of(*own), name_of(*key)


def _hers(own, truth):
    return {part for part in parts_of(own) if truth[part] == 1}


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([0, 1, 1, 3, 5, 6]), min_size=6, max_size=6),
    st.sets(st.sampled_from([key for key in KEYS if key != ("all", "all")]), max_size=3),
)
def test_what_an_insider_works_out_is_what_trying_every_table_leaves(counts, extra):
    inner = dict(zip(product(ROWS, COLUMNS), counts, strict=True))
    hidden = extra | {key for key, value in inner.items() if 0 < value < 5}
    table, truth = printed(counts, hidden)
    assert learnt(table, truth) == set(learnt_by_hand(table, truth))


def test_the_sentence_names_her_and_her_cell_and_no_number():
    table, truth = printed([1, 5, 20, 7, 8, 9], {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")})
    names = {name_of(*key): value for key, value in truth.items()}
    hidden = {name_of("A", "x"), name_of("A", "y")}
    report = attack([table], sensitive=dict.fromkeys(hidden, "symbol"), start=names, truth=names)
    assert report.findings == ()
    report = replace(report, findings=attack_as_insiders(report, {name_of("A", "x")}, hidden, names))
    (issue,) = explain_findings(report)
    who, how = issue.message.split(": ")
    assert who == "Count, y, A can be worked out by the only one in count, x, A"
    assert "minus x" in how and not any(digit in how for digit in "0123456789")
    assert find_insiders(report) == {(name_of("A", "x"), name_of("A", "y"))}
    assert find_leads(report)
    assert not any(hidden & lead for lead in find_leads(report))


def test_she_knows_the_groups_that_she_alone_makes_and_which_parts_she_is_in():
    whole, own, other, wider = (name_of(*key) for key in (("A", "all"), ("A", "x"), ("A", "y"), ("all", "all")))
    families = {name: [[whole, own, other], [wider, whole]] for name in (whole, own, other, wider)}
    families[own] = families[other] = [[whole, own, other]]
    families[wider] = [[wider, whole]]
    assert known_to(own, families, {whole: 1, own: 1, other: 0, wider: 30}) == {own: 1, whole: 1, other: 0}
    assert known_to(own, families, {whole: 4, own: 1, other: 3, wider: 30}) == {own: 1}


def test_what_a_group_leaves_of_the_whole_is_her_own_cell_and_tells_her_nothing():
    """Of 8 children 7 got a plan. The one without knows what those leave of all: it is herself."""
    whole, plan, none = (Quantity("n", "A", "year", groups) for groups in ((), *((("outcome", o),) for o in OUTCOMES)))
    cells = {"n A year all": "c", "n A year plan": "c", "n A year none": "c", "p A year plan": "c"}
    measures = {"n": Measure(), "p": Measure("percentage", 1, "n", "n")}
    table = package(cells, measures, dimensions=(flat("outcome", "all plan none"),), rules=Rules(complements=True))
    truth = {whole: 8, plan: 7, none: 1}
    report = attack([table], sensitive=dict.fromkeys(truth, "not_determined"), start=truth, truth=truth)
    assert "complement" in {outcome.target.kind for outcome in report.outcomes if outcome.is_safe}
    assert attack_as_insiders(report, {none}, {none}, truth) == ()
