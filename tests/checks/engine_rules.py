"""Finds every rule that the engine can name, by reading its source: what stands where a parameter `rule` is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")
SOURCE = Path(__file__).parents[2] / "src/statpress"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def takes_rule():
    """Name of each function that has a parameter `rule`, and the places that it may have among the arguments."""
    found = {"Issue": {0}}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
                if "rule" in names and "Rule" not in ast.unparse(
                    node.args.args[names.index("rule") - len(names)].annotation or ast.Constant("")
                ):
                    found.setdefault(node.name, set()).add(names.index("rule"))
    return found


def given_rules():
    """Each rule that is written as a text in the source where a rule is expected."""
    takes = takes_rule()
    calls = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {text for call in calls for text in _rules_of(call, takes) if KEBAB.fullmatch(text)}


def _rules_of(call, takes):
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    for place in takes.get(name, ()):
        argument = call.args[place] if len(call.args) > place else None
        argument = argument or next((word.value for word in call.keywords if word.arg == "rule"), None)
        yield from _texts(argument)


def _texts(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def returned_rules(module, function):
    """The first texts of the tuples that a function returns: rules that it gives on."""
    (node,) = [n for n in ast.walk(TREES[SOURCE / module]) if isinstance(n, ast.FunctionDef) and n.name == function]
    tuples = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and isinstance(n.value, ast.Tuple)]
    return {text for one in tuples for text in _texts(one.elts[0])}
