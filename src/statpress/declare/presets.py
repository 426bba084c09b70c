"""The policies that statpress brings along, each as a body prints its own; a project may add others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from statpress.declare.base import Id
from statpress.declare.document import Document, read_document
from statpress.declare.policy import Policy
from statpress.issue import Issue

FILE: Final = Path(__file__).with_name("presets.yml")


@cache
def load_presets() -> Mapping[str, Policy]:
    """Name to policy, as `presets.yml` beside this module declares them."""
    document, _ = read_document(FILE, FILE.name)
    return TypeAdapter(dict[Id, Policy]).validate_python(document.data)


def add_presets(own: Mapping[str, Policy], file: Document) -> tuple[dict[str, Policy], list[Issue]]:
    """The presets and a project's own policies; and a warning for each that has a preset's name and other rules.

    The project's own wins, as packages publish all that a policy says, whatever it is called.
    """
    presets = load_presets()
    changed = [name for name in own if name in presets and _rules_of(own[name]) != _rules_of(presets[name])]
    return {**presets, **own}, [_warn(name, file) for name in changed]


def _rules_of(policy: Policy) -> Policy:
    return policy.model_copy(update={"title": "", "source": ""})


def _warn(name: str, file: Document) -> Issue:
    message = f"statpress has a policy {name}, and this one, which says something else, takes its place."
    hint = "Give it a name of its own, so that readers do not take it for the other."
    return replace(file.issue("redefines-preset", message, (name,), hint), severity="warning")
