"""What `mkdocs.yml` says of the brand of a site, read and checked as a whole: every fault is found at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from statpress.errors import BadDeclaration, fail_if
from statpress.issue import Issue, nearest
from statpress.site.brand.colours import Colours, check_colours, complete_colours, write_style
from statpress.site.brand.logo import read_logo

KEY: Final = "plugins.statpress.brand"
_COLOURS: Final = tuple(field.name for field in fields(Colours))
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_ADDRESS: Final = re.compile(r"[\w.~/#?=&%+-]*")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Link(_Part):
    """Words that lead to an address: of this site, or a whole one."""

    text: str
    address: str = ""


class Declared(_Part):
    """The keys under `brand`."""

    logo: str = ""
    """The file of the logo, SVG or PNG, as seen from the folder of words."""
    colours: dict[str, str] = {}
    """Colours such as `"#12436d"`, by the names that `Colours` has."""
    organisation: Link | None = None
    """Who publishes the site."""
    contact: str = ""
    """An address for email."""
    licence: Link | None = None
    """The licence of what the site says, where a page names no other."""
    footer: str = ""
    """A sentence at the foot of each page."""
    links: tuple[Link, ...] = ()
    """Links at the foot of each page, such as that to a privacy notice."""


@dataclass(frozen=True)
class Brand:
    """A brand that was checked. `style` is its style sheet, or nothing; `logo` the bytes of its logo, or nothing."""

    declared: Declared
    style: str = ""
    logo: bytes = b""

    @property
    def logo_path(self) -> str:
        """The address of the logo on the site, or nothing."""
        return f"assets/brand{Path(self.declared.logo).suffix.lower()}" if self.logo else ""

    @property
    def has_footer(self) -> bool:
        """Whether anything of it stands at the foot of a page."""
        d = self.declared
        return bool(d.organisation or d.contact or d.licence or d.footer or d.links)


def read_brand(content: Any, words: Path, *, palette: bool) -> Brand:
    """The brand that a configuration declares. Raises BadDeclaration with every fault.

    `words` is the folder of words; `palette` says whether the theme has colours of its own.
    """
    declared, issues = _read(dict(content or {}))
    given = {name: colour.lower() for name, colour in declared.colours.items()}
    issues += _check_colour_names(given)
    sound = {name: colour for name, colour in given.items() if name in _COLOURS and _COLOUR.fullmatch(colour)}
    colours = complete_colours(sound)
    issues += check_colours(colours, sound, f"{KEY}.colours")
    if given and palette:
        message, hint = "The theme has colours of its own beside those of the brand.", "Take theme.palette out."
        issues.append(Issue("brand-palette", message, "mkdocs.yml", key="theme.palette", hint=hint))
    logo, faults = read_logo(words, declared.logo, f"{KEY}.logo") if declared.logo else (b"", [])
    fail_if(BadDeclaration, [*issues, *faults, *_check_addresses(declared)])
    return Brand(declared, write_style(colours) if given else "", logo)


def _read(content: dict[str, Any]) -> tuple[Declared, list[Issue]]:
    """What can be read, and what is wrong with the rest, so that the rest hides no other fault."""
    try:
        return Declared.model_validate_json(json.dumps(content, default=str)), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
    wrong = {fault["loc"][0] for fault in faults}
    declared, _ = _read({key: value for key, value in content.items() if key not in wrong})
    return declared, [_explain(fault) for fault in faults]


def _explain(fault: Any) -> Issue:
    key = ".".join([KEY, *(str(part) for part in fault["loc"])])
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        known = list(Declared.model_fields) if len(fault["loc"]) == 1 else list(Link.model_fields)
        return Issue("brand-key", f"A brand has no “{name}”.", "mkdocs.yml", key=key, hint=nearest(name, known))
    return Issue("brand-key", f"{fault['msg']}.", "mkdocs.yml", key=key, hint="See the reference of the site.")


def _check_colour_names(given: dict[str, str]) -> Iterator[Issue]:
    for name, colour in given.items():
        key = f"{KEY}.colours.{name}"
        if name not in _COLOURS:
            message = f"A brand has no colour “{name}”."
            yield Issue("brand-key", message, "mkdocs.yml", key=key, hint=nearest(name, _COLOURS))
        elif not _COLOUR.fullmatch(colour):
            hint = 'Write six digits in quotes, such as "#12436d".'
            yield Issue("brand-colour", f"“{colour}” is no colour.", "mkdocs.yml", key=key, hint=hint)


def _check_addresses(declared: Declared) -> Iterator[Issue]:
    named = {"organisation": declared.organisation, "licence": declared.licence}
    named |= {f"links.{number}": link for number, link in enumerate(declared.links)}
    for name, link in named.items():
        if link and not _is_safe(link.address):
            hint = "Write https://..., mailto:... or an address of this site such as about/."
            message = f"“{link.address}” is no address that a page may link to."
            yield Issue("brand-address", message, "mkdocs.yml", key=f"{KEY}.{name}.address", hint=hint)
    if declared.contact and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", declared.contact):
        message, hint = f"“{declared.contact}” is no address for email.", "Write it as name@example.org."
        yield Issue("brand-address", message, "mkdocs.yml", key=f"{KEY}.contact", hint=hint)


def _is_safe(address: str) -> bool:
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return False
    own = not scheme and not address.startswith("//") and bool(_ADDRESS.fullmatch(address))
    return own or scheme in ("https", "http", "mailto")
