"""Formulas of the step `derive`: columns and numbers joined by + - * / ( ), worked out exactly.

A column whose name is no plain word stands in backticks. A cell that holds a mark makes the result a mark.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Any, Final

import numpy as np
import pandas as pd

from statpress.status import WITHHELD
from statpress.tables.cells import Cells, check_cells, read_cells
from statpress.tables.columns import check_known
from statpress.tables.numbers import Notation, notation_of
from statpress.tables.place import Place, Shaped, explain_rows

_OPERATORS: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_QUOTED: Final = re.compile(r"`([^`]+)`")
_STAND_IN: Final = "_quoted_column_"
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")
_NO_NUMBER: Final = Decimal("NaN")
_EXACT: Final = Context(prec=50)
_HINT: Final = "Use columns, numbers, + - * / and ( ); put `...` around a column that is no plain word."
_DIVIDES_BY_ZERO: Final = ("The formula divides by zero in this row.", "Filter the row, or use cases.")


@dataclass(frozen=True)
class _Formula:
    """A formula as a tree, the text that it was read from, and the column that each name in it stands for."""

    tree: ast.expr
    text: str
    columns: Mapping[str, str]


class _BadFormula(Exception):
    """A formula uses what formulas may not use."""


def shape_formula(table: pd.DataFrame, text: str, column: str, place: Place) -> Shaped:
    """Fill `column` with the result of a formula in each row."""
    try:
        formula = _parse(text)
    except _BadFormula as fault:
        return Shaped(table, [place.issue("bad-formula", str(fault), "formula", hint=_HINT)])
    if issues := check_known(table, [(("formula",), name) for name in formula.columns.values()], place):
        return Shaped(table, issues)
    notation = notation_of(place.table)
    operands = {name: read_cells(table[source], notation) for name, source in formula.columns.items()}
    checks = [check_cells(table, cells, formula.columns[name], place) for name, cells in operands.items()]
    if issues := [issue for found in checks for issue in found]:
        return Shaped(table, issues)
    results = _work_out(formula, operands)
    zero = results.map(lambda number: number is not None and number.is_nan())
    issues = explain_rows("divides-by-zero", table[zero], column, lambda _: _DIVIDES_BY_ZERO, file=place.file)
    return Shaped(table if issues else table.assign(**{column: _write(results, operands, notation)}), issues)


def _work_out(formula: _Formula, operands: Mapping[str, Cells]) -> pd.Series:
    """A Decimal in each row where every operand has a number (not a number where it divides by zero), else `None`."""
    numeric = np.logical_and.reduce([cells.are_numbers.to_numpy() for cells in operands.values()])
    known = {name: cells.numbers.to_numpy(dtype=object)[numeric] for name, cells in operands.items()}
    results = np.full(len(numeric), None, dtype=object)
    with localcontext(_EXACT):
        results[numeric] = _evaluate(formula.tree, formula.text, known)
    return pd.Series(results, index=next(iter(operands.values())).numbers.index, dtype=object)


def _evaluate(node: ast.expr, text: str, known: Mapping[str, np.ndarray]) -> Any:
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_evaluate(node.operand, text, known)
    if isinstance(node, ast.BinOp):
        left, right = _evaluate(node.left, text, known), _evaluate(node.right, text, known)
        if isinstance(node.op, ast.Div):
            right = np.array([number or _NO_NUMBER for number in right], dtype=object)
        return _OPERATORS[type(node.op)](left, right)
    length = len(next(iter(known.values())))
    return np.full(length, Decimal(ast.get_source_segment(text, node) or ""), dtype=object)


def _write(results: pd.Series, operands: Mapping[str, Cells], notation: Notation) -> pd.Series:
    """Results as texts; where there is none, the mark that the operands' marks make."""
    texts = results.map(lambda number: "" if number is None else notation.write_number(number))
    statuses = pd.DataFrame({name: cells.statuses for name, cells in operands.items()})
    return notation.put_marks(texts, results.isna(), (statuses == WITHHELD).any(axis="columns"))


def _parse(text: str) -> _Formula:
    quoted = _QUOTED.findall(text)
    if _STAND_IN in text:
        raise _BadFormula("The formula cannot be read.")
    numbers = iter(range(len(quoted)))
    plain = _QUOTED.sub(lambda _: f"{_STAND_IN}{next(numbers)}", text).strip()
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError):
        raise _BadFormula("The formula cannot be read.") from None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if not names:
        raise _BadFormula("The formula names no column.")
    _check_tree(tree, plain)
    originals = {f"{_STAND_IN}{index}": column for index, column in enumerate(quoted)}
    return _Formula(tree, plain, {name: originals.get(name, name) for name in sorted(names)})


def _check_tree(tree: ast.expr, text: str) -> None:
    """Refuse everything but names, plain numbers, the four operations and a minus sign."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.UnaryOp):
            if not isinstance(node.op, (*_OPERATORS, ast.USub)):
                raise _BadFormula("The formula uses an operation other than + - * /.")
        elif isinstance(node, ast.Constant):
            if not _NUMBER.fullmatch(ast.get_source_segment(text, node) or ""):
                raise _BadFormula("The formula holds something that is neither a column nor a plain number.")
        elif isinstance(node, ast.expr) and not isinstance(node, ast.Name):
            raise _BadFormula("The formula holds something that is neither a column nor a plain number.")
