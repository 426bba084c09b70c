"""A rule as the catalogue has it, and the catalogue: one YAML file a family of rules, beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal, Self

import yaml
from pydantic import ConfigDict, Field, model_validator

from statpress.declare.base import Declared, Text

Change = str | None | dict[str, Any]
"""What an example changes of one file of the tiny project: all of it, that it is not there, or texts in it.

A mapping has each text as it is, which is there once, and the text that takes its place; `{=KIND: ...}` makes a file
that YAML cannot hold (see `tests/checks/examples.py`).
"""
FAMILIES: Final = MappingProxyType(
    {
        "project": "The project",
        "declarations": "Declarations",
        "completeness": "What must be declared before publishing",
        "sources": "Reading source tables",
        "reading": "Reading what goes wrong in tables",
        "steps": "Shaping",
        "figures": "From cells to figures",
        "consistency": "Figures that must agree",
        "contract": "The contract of a package",
        "expectations": "Expectations",
        "protection": "Protecting people",
        "release": "Releases, and what changed",
        "packages": "Packages on disk",
        "site": "The site",
        "reports": "Reports",
        "attack": "`statpress attack`",
        "protect": "`statpress protect`",
    }
)
"""Each family of rules, in the order in which a reader meets them, with its title."""


class Rule(Declared):
    """One rule. Examples are laid over the tiny project that the tests of statpress use."""

    model_config = ConfigDict(str_strip_whitespace=False)

    why: Text = Field(description="One sentence: why it matters to a reader.")
    mend: Text = Field(description="What a maintainer does.")
    severity: Literal["error", "warning"] = Field("error", description="Whether it stops publishing.")
    first: str = Field("", description="A command that is run before the files are laid over, such as `publish`.")
    command: str = Field("check", description="The command that tells it.")
    fails: dict[str, Change] = Field({}, description="Path to what changes of the file, so that the rule is broken.")
    passes: dict[str, Change] = Field({}, description="The same, so that it is kept; nothing for the tiny project.")
    no_example: str = Field("", description="Why there is none, such as a fault of the disk.")

    @model_validator(mode="after")
    def _has_an_example(self) -> Self:
        if not self.no_example and not self.fails and self.command == "check":
            raise ValueError("a rule needs `fails`: files that break it")
        return self


@cache
def read_families() -> Mapping[str, Mapping[str, Rule]]:
    """Family to its rules by name, both in order. The files are part of statpress, so that faults in them raise."""
    loaded = {name: dict(_read(name)) for name in FAMILIES}
    return MappingProxyType({name: MappingProxyType(rules) for name, rules in loaded.items() if rules})


@cache
def read_rules() -> Mapping[str, Rule]:
    """Every rule by its name."""
    return MappingProxyType({name: rule for rules in read_families().values() for name, rule in rules.items()})


def family_of(rule: str) -> str:
    """The family that a rule is of, or nothing where the catalogue has no such rule."""
    return next((family for family, rules in read_families().items() if rule in rules), "")


def _read(family: str) -> Iterator[tuple[str, Rule]]:
    path = files("statpress.checks").joinpath("catalogue", f"{family}.yml")
    if path.is_file():
        loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for name, entry in loaded.items():
            yield name, Rule.model_validate(entry)
