"""Finds every rule that the engine can name, by reading its source: what stands where a parameter `rule` is."""

from __future__ import annotations

import ast
from pathlib import Path

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
    """Each rule written in the source where a rule is expected, with the file; and what is no plain text there."""
    rules, others = {}, set()
    takes = takes_rule()
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for place in takes.get(name, ()):
                    argument = node.args[place] if len(node.args) > place else None
                    argument = argument or next((word.value for word in node.keywords if word.arg == "rule"), None)
                    texts = list(_texts(argument))
                    for text in texts:
                        rules.setdefault(text, set()).add(path.name)
                    if not texts and argument is not None:
                        others.add((path.name, node.lineno, ast.unparse(argument)))
    return rules, others


def _texts(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
