"""Check a certificate with whole numbers and nothing else: no solver, no tolerance, nothing of statpress."""

import json
import sys
from typing import Any


def check_certificate(content: Any) -> list[str]:
    """What is wrong with a certificate: empty when it proves what it says."""
    facts, base = content["facts"], content["base"]
    rows_of: dict[int, list[int]] = {}
    for number, row in enumerate(facts["rows"]):
        for column, _ in row[0]:
            rows_of.setdefault(column, []).append(number)
    is_table = len(base) == len(facts["names"]) and _agrees(content, {}, range(len(base)), range(len(facts["rows"])))
    faults = [] if is_table else ["the base table does not agree with what is printed"]
    for place, target in enumerate(content["safe"]):
        changes = [_joined(content, tables) for tables in target["tables"]]
        touched = [{row for column in change for row in rows_of.get(column, ())} for change in changes]
        if not all(_agrees(content, change, change, rows) for change, rows in zip(changes, touched, strict=True)):
            faults.append(f"a table of quantity {place} does not agree with what is printed")
        values = [_sum(base, change, target["form"]) for change in changes]
        if len(values) != 2 or not _is_safe(target["rule"], *target["band"], *sorted(values)):
            faults.append(f"the tables of quantity {place} do not show what they should")
    proofs = [(leak, leak[side], sign) for leak in content["leaks"] for side, sign in (("least", 1), ("most", -1))]
    wrong = [leak["form"] for leak, proof, sign in proofs if proof and not _follows(leak["form"], proof, sign, facts)]
    return faults + [f"multipliers do not prove the finding on columns {form}" for form in wrong]


def judge(content: Any) -> list[str]:
    """What is wrong with a certificate or with what it is about: empty when nothing can be worked out."""
    return check_certificate(content) or ["something can be worked out"] * bool(content["leaks"])


def _joined(content: Any, tables: list[int]) -> dict[int, int]:
    change: dict[int, int] = {}
    for column, amount in (pair for table in tables for pair in content["tables"][table]):
        change[column] = change.get(column, 0) + amount
    return change


def _agrees(content: Any, change: dict[int, int], columns: Any, rows: Any) -> bool:
    facts, base = content["facts"], content["base"]
    bounds = [([[column, 1]], facts["low"][column], facts["high"][column]) for column in columns]
    return all(_within(_sum(base, change, row[0]), *row[1:3]) for row in (*bounds, *(facts["rows"][r] for r in rows)))


def _sum(base: Any, change: dict[int, int], form: Any) -> Any:
    return sum(number * (base[column] + change.get(column, 0)) for column, number in form)


def _within(value: Any, low: Any, high: Any) -> bool:
    return isinstance(value, int) and (low is None or value >= low) and (high is None or value <= high)


def _is_safe(rule: str, first: int, last: int, low: int, high: int) -> bool:
    leaves, covers = low < first or high > last, low <= first and high >= last
    ways = {"differ": low < high, "cover": covers, "either": low < high or leaves, "wider": high - low > last}
    escapes = {"escape": leaves or covers, "differ-escape": low < high and (leaves or covers)}
    return {**ways, **escapes}.get(rule, False)


def _follows(form: list[list[int]], proof: Any, sign: int, facts: Any) -> bool:
    """Whether `scale` times the form is the sum of rows and columns, each bounded on the side that is needed."""
    rest, bound = {column: proof["scale"] * number for column, number in form}, 0
    terms = [(*facts["rows"][row][:3], number) for row, number in proof["rows"]]
    terms += [([[c, 1]], facts["low"][c], facts["high"][c], number) for c, number in proof["columns"]]
    for parts, low, high, number in terms:
        end = low if (number > 0) == (sign > 0) else high
        if end is None:
            return False
        bound += number * end
        for column, coefficient in parts:
            rest[column] = rest.get(column, 0) - number * coefficient
    return bool(proof["scale"] > 0 and bound == proof["bound"] and not any(rest.values()))


if __name__ == "__main__":
    sys.exit("; ".join(judge(json.load(sys.stdin))) or 0)
