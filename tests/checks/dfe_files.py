"""The thirteen files of the Department for Education beside what is declared of them in `tests/checks/dfe/`.

A file is read as a source is, checked beside its contract (types, keys, area codes with their names, every area in every
year), and its figures by the rules: sums over areas, percentages, rates, slips of digits.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from pydantic import TypeAdapter

from statpress.checks.consistency.explain import explain_findings
from statpress.checks.consistency.facts import Facts, collect_facts
from statpress.checks.consistency.run import Finding, run_rules
from statpress.checks.contract.check import check_tables
from statpress.checks.contract.nouns import Table
from statpress.declare.rules import Rules
from statpress.issue import Issue
from statpress.tables.numbers import Notation
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid
from statpress.tables.reading.read_grid import read_grid

HERE = Path(__file__).parent / "dfe"
FOLDER = Path(__file__).parents[3] / "shared" / "open-data" / "dfe-childrens-social-care"
AREA = (
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
PAIRS = (
    ("new_la_code", "la_name"),
    ("new_la_code", "old_la_code"),
    ("new_la_code", "region_code"),
    ("region_code", "region_name"),
    ("geographic_level", "new_la_code"),
    ("geographic_level", "region_code"),
    ("country_code", "country_name"),
)
KEY = ("time_period", "region_code", "new_la_code")
STATUSES = {"c": "c", "x": "x", "z": "z", "low": "low", "k": "low", "u": "u"}


@dataclass(frozen=True)
class Checked:
    """What came of a file: its table as it was read, if it was, and every issue."""

    grid: Grid | None
    issues: tuple[Issue, ...]
    contradictions: tuple[frozenset[tuple[str, int, str]], ...] = ()
    """For each issue of a rule: file, row and column of every figure that it says do not agree."""


class Files:
    """The declarations of all files, and their verb: check the bytes of one of them."""

    def __init__(self) -> None:
        self.declared: dict[str, Any] = yaml.safe_load((HERE / "files.yml").read_text(encoding="utf-8"))
        self.areas = pd.read_csv(HERE / "areas.csv", dtype=str, keep_default_na=False)
        self.names = tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))

    def read(self, name: str) -> bytes:
        return (FOLDER / f"{name}.csv").read_bytes()

    def form(self, name: str) -> Form:
        own = self.declared["files"].get(name) or self.declared["lists"][name]
        return Form(
            columns=own.get("header", {}),
            skips_blank=own.get("blank-rows") == "skip",
            marks=frozenset(own.get("marks", ())),
        )

    def notation(self, name: str) -> Notation:
        return Notation(None, {mark: STATUSES[mark] for mark in self.declared["files"][name]["marks"]})

    def check(self, name: str, content: bytes) -> Checked:
        """Every issue of a file, but those of its known contradictions."""
        grid, issues = read_grid(content, self.form(name), f"{name}.csv")
        if grid is None:
            return Checked(None, tuple(issues))
        grid = self._leave_out(name, grid)
        issues = check_tables([self._table(name, grid), *self.lists(name)], "schema")
        issues = [_in_lines(issue, grid, f"{name}.csv") for issue in issues]
        if issues or name not in self.declared["files"]:
            return Checked(grid, tuple(issues))
        return self._check_figures(name, grid)

    def _leave_out(self, name: str, grid: Grid) -> Grid:
        where = self.declared["lists"].get(name, {}).get("leave-out", {})
        kept = np.ones(len(grid.table), dtype=bool)
        for column, text in where.items():
            kept &= (grid.table[column] != text).to_numpy(dtype=bool)
        rows = [row for row, is_kept in zip(grid.rows, kept, strict=True) if is_kept]
        return Grid(grid.table[kept].reset_index(drop=True), rows)

    def _is_known(self, facts: Facts, finding: Finding) -> bool:
        file, row, column = _place(facts, finding.cells[0])
        return row in self.declared["known"].get(file.removesuffix(".csv"), {}).get(column, ())

    def _table(self, name: str, grid: Grid) -> Table:
        own = self.declared["lists"].get(name)
        schema = self._schema(name) if own is None else self._list_schema(own)
        return Table("own", f"{name}.csv", _write(grid.table), schema)

    def _list_schema(self, own: dict[str, Any]) -> dict[str, Any]:
        """The schema of a list, with a code that is an authority's, and a word, for each of ten neighbours."""
        schema = own["schema"]
        code, word = own.get("neighbours", ("", ""))
        pairs = [(code.format(number), word.format(number)) for number in range(1, 11)] if code else []
        fields = [*schema["fields"]]
        for one, other in pairs:
            fields.append({"name": one, "type": "string", "missingValues": []})
            constraints = {"enum": own["close"]}
            fields.append({"name": other, "type": "string", "missingValues": [], "constraints": constraints})
        end = {"name": "end", "type": "string", "missingValues": [], "constraints": {"enum": [""]}}
        fields += [end] if "end" in own.get("header", {}) else []
        keys = [*schema["foreignKeys"], *(_foreign([one], "names", ["code"]) for one, _ in pairs)]
        return schema | {"fields": fields, "foreignKeys": keys}

    def _schema(self, name: str) -> dict[str, Any]:
        own = self.declared["files"][name]
        groups = own.get("groups", {})
        fields = [self._field(column, kind, own) for column, kind in own["columns"].items()]
        keys = [_foreign(pair, "areas", pair) for pair in PAIRS] + [_foreign(KEY, "coverage", KEY)]
        return {"fields": fields, "primaryKey": [*KEY, *groups], "foreignKeys": keys}

    def _field(self, column: str, kind: str, own: dict[str, Any]) -> dict[str, Any]:
        text: dict[str, Any] = {"name": column, "type": "string", "missingValues": []}
        if kind == "year":
            return text | {"constraints": {"required": True, "pattern": "20[0-9]{2}"}}
        if kind == "area":
            return text | ({"constraints": {"enum": ["Reporting year"]}} if column == "time_identifier" else {})
        if kind in ("group", "label"):
            listed = own["groups"][column] if kind == "group" else [own["labels"][column]]
            return text | {"constraints": {"enum": listed}}
        pattern = self.declared["kinds"][kind]
        return text | {"missingValues": own["marks"], "constraints": {"pattern": pattern}}

    def lists(self, name: str) -> Iterator[Table]:
        """What the file is checked beside: code lists, and lists of what must be in the file."""
        if name in self.declared["files"]:
            coverage = self.coverage(name)
            yield _list("areas", self.areas)
            yield _list("coverage", coverage, list(coverage.columns), list(coverage.columns))
            return
        own = self.declared["lists"][name]
        names = pd.read_csv(HERE / "names.csv", dtype=str, keep_default_na=False)
        yield _list("names", names)
        yield _list("regions", pd.DataFrame(self.declared["regions"]))
        yield _list("utlas", pd.read_csv(HERE / "utlas.csv", dtype=str, keep_default_na=False))
        if "counted" in own:
            column, last = own["counted"]
            counter = pd.DataFrame({column: [str(number) for number in range(1, last + 1)]})
            yield _list("counter", counter, [column], [column])
        for column, key in own.get("present", {}).items():
            yield _list("present", names[names[column] == "yes"], ["code", "name"], key)

    def coverage(self, name: str) -> pd.DataFrame:
        """Every key that the file must have: each area in its years, in each group."""
        own = self.declared["files"][name]
        groups = own.get("groups", {})
        rows = [
            (str(year), area["region_code"], area["new_la_code"], *group)
            for area in self.areas.to_dict("records")
            if area[name]
            for year in range(int(area[name][:4]), int(area[name][-4:]) + 1)
            for group in own.get("combined") or product(*groups.values())
        ]
        return pd.DataFrame(rows, columns=[*KEY, *groups])

    @cached_property
    def populations(self) -> pd.DataFrame:
        """Populations are in two files, so that each is checked beside the other."""
        parts = []
        for name in ("ons_mid-year_population_estimates_2012_to_2024", "cla_number_and_rate_per_10k_children"):
            grid, _ = read_grid(self.read(name), self.form(name), name)
            assert grid is not None
            long = self._long(name, grid)
            parts.append(long[long["figure"] == "population_estimate"])
        return pd.concat(parts)

    def _check_figures(self, name: str, grid: Grid) -> Checked:
        long = self._long(name, grid)
        if (long["figure"] == "population_estimate").any():
            long = pd.concat([long, self.populations[self.populations["table"] != name]])
        facts = _facts(long)
        here = set(facts.words["figure"])
        rules = {key: rule for key, rule in self.rules(name).items() if _figures(rule) <= here}
        findings, _ = run_rules(facts, TypeAdapter(Rules).validate_python({"rules": rules}).rules)
        findings = [finding for finding in findings if not self._is_known(facts, finding)]
        places = [frozenset(_place(facts, cell) for cell in finding.cells) for finding in findings]
        return Checked(grid, tuple(explain_findings(facts, findings, "rules")), tuple(places))

    def rules(self, name: str) -> dict[str, Any]:
        """The declared rules, and that areas make their regions, and regions the country."""
        by = ["table", "period", "figure", *GROUPS]
        rules = dict(self.declared["rules"])
        parts = {"level": "Regional", "inside": "England", "additive": "yes"}
        rules["regions-make-england"] = {"sum": {"total": {"level": "National"}, "parts": parts, "by": by}}
        for era in sorted(set(self._eras(name).values())):
            total = {"level": "Regional", "era": era}
            own = {"level": "Local authority", "era": era, "additive": "yes"}
            rules[f"areas-make-{era.lower()}"] = {"sum": {"total": total, "parts": own, "by": by}}
        return rules

    def _eras(self, name: str) -> dict[tuple[str, str], str]:
        """Region and year to a name for the years in which the region has the same authorities."""
        covered = self.coverage(name)
        covered = covered[covered["new_la_code"] != ""]
        eras: dict[tuple[str, str], str] = {}
        first: dict[tuple[str, frozenset[str]], str] = {}
        for (region, year), areas in covered.groupby(["region_code", "time_period"])["new_la_code"]:
            eras[str(region), str(year)] = first.setdefault((region, frozenset(areas)), f"{region}-{year}")
        return eras

    def _long(self, name: str, grid: Grid) -> pd.DataFrame:
        """One row a figure."""
        own = self.declared["files"][name]
        table = grid.table.assign(row=[str(row) for row in grid.rows])
        level = table["geographic_level"]
        area = table["new_la_code"].where(level == "Local authority", table["region_code"])
        area = area.where(level != "National", table["country_code"])
        inside = table["region_code"].where(level == "Local authority", area.map(_parent))
        back = int(self.declared["years-back"].get(name, 0))
        eras = self._eras(name)
        base = pd.DataFrame(
            {
                "table": name,
                "row": table["row"],
                "period": table["time_period"],
                "year": (table["time_period"].astype(int) - back).astype(str),
                "area": area,
                "level": level,
                "inside": inside,
                "era": [eras.get(pair, "") for pair in zip(table["region_code"], table["time_period"], strict=True)],
                **{group: table.get(group, "") for group in GROUPS},
            }
        )
        parts = [self._figure(base, table[column], column, kind) for column, kind in own["columns"].items()]
        found = {part["figure"].iloc[0]: part for part in parts if part is not None}
        for total, columns in self.declared["together"].items():
            if set(columns) <= found.keys():
                parts.append(_together(total, [found[column] for column in columns]))
        return pd.concat([part for part in parts if part is not None], ignore_index=True)

    def _figure(self, base: pd.DataFrame, cells: pd.Series, column: str, kind: str) -> pd.DataFrame | None:
        if kind in ("year", "area", "group", "label"):
            return None
        rounded = self.declared["rounded"]
        is_share = kind.startswith("share") or column in ("rate_per_10000", "caseload_fte")
        half = 0.5 * 10.0 ** -int(kind.rpartition("-")[2]) if "-" in kind else 0.0
        halves: Any = half or (0.5 if column == "rate_per_10000" else 0.0)
        if kind == "count" and column not in rounded["not"]:
            halves = base["level"].map(
                {level: float(to) / 2 if to != "1" else 0.0 for level, to in rounded["to"].items()}
            )
        return base.assign(
            figure=column,
            number=pd.to_numeric(cells, errors="coerce"),
            half=halves,
            additive="no" if is_share else "yes",
        )


def _facts(long: pd.DataFrame) -> Facts:
    keys = ["table", "period", "area", "figure", *[column for column in GROUPS if column in long]]
    places = pd.DataFrame({"file": long["table"] + ".csv", "row": long["row"], "column": long["figure"]})
    texts = long[[*keys, "year", "level", "inside", "era", "additive"]]
    values = long["number"].to_numpy(dtype=np.float64)
    return collect_facts(texts, keys, values, long["half"].to_numpy(dtype=np.float64), places)


GROUPS = ("population_type", "care_leaver_age", "breakdown", "cla_group", "placement_stability")


def _place(facts: Facts, cell: int) -> tuple[str, int, str]:
    file, row, column = facts.places.iloc[cell][["file", "row", "column"]]
    return str(file), int(row), str(column)


def _parent(code: str) -> str:
    return "London" if code.startswith("E13") else "England" if code.startswith("E12") else ""


def _together(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    first, *others = parts
    number, half = first["number"], first["half"]
    for other in others:
        number, half = number + other["number"], half + other["half"]
    return first.assign(figure=name, number=number, half=half, additive="no")


def _figures(rule: dict[str, Any]) -> set[str]:
    """The figures that a rule names."""
    found: set[str] = set()
    for key, value in rule.items():
        if key == "figure":
            found |= {value} if isinstance(value, str) else set(value)
        for part in value if isinstance(value, list) else [value]:
            found |= _figures(part) if isinstance(part, dict) else set()
    return found


def _foreign(fields: Any, resource: str, referred: Any) -> dict[str, Any]:
    return {"fields": list(fields), "reference": {"resource": resource, "fields": list(referred)}}


def _list(name: str, table: pd.DataFrame, key: Sequence[str] = (), own: Sequence[str] = ()) -> Table:
    """A table to check beside. Where it has a `key`, the file must have each of its rows in its columns `own`."""
    fields = [{"name": column, "type": "string", "missingValues": []} for column in table.columns]
    keys = [_foreign(key, "own", own)] if key else []
    return Table(name, f"{name}.csv", _write(table), {"fields": fields, "foreignKeys": keys})


def _write(table: pd.DataFrame) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.itertuples(index=False))
    return text.getvalue().encode()


def _in_lines(issue: Issue, grid: Grid, file: str) -> Issue:
    """The issue of the contract, which counts the records of what was read, with the line of the file."""
    if issue.file != file or issue.row is None or issue.row < 2:
        return issue
    return replace(issue, row=grid.rows[issue.row - 2])
