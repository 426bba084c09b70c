"""The house stays small and without circles."""

import ast
import graphlib
from pathlib import Path
from statistics import median

import grimp

SOURCES = sorted((Path(__file__).parents[1] / "src/statpress").rglob("*.py"))


def lines_of(function):
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = first.end_lineno - first.lineno + 1 if is_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring


def test_functions_are_small():
    functions = {
        f"{path.name}:{node.name}": lines_of(node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(functions) > 500
    assert median(functions.values()) <= 10
    assert {name: length for name, length in functions.items() if length > 50} == {}


def test_files_hold_one_idea():
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_modules_import_each_other_in_a_circle():
    graph = grimp.build_graph("statpress", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(list(graphlib.TopologicalSorter(imports).static_order())) == len(graph.modules) > 100
