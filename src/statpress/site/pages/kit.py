"""What every page is made with: the templates, the address of the site, and how a page is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.site.pages.page import WORDS, Asset, Page, Section
from statpress.site.pages.render import OVERRIDES


@dataclass(frozen=True)
class Kit:
    """The templates, the name and address of the site (which may be empty), and where charts and files are kept."""

    templates: SandboxedEnvironment
    name: str
    address: str
    cache: Path
    files: Path
    put: Callable[[Asset], Asset] = lambda asset: asset
    """What is done with each file as soon as it is made; it gives the file back as it is to be read from then on."""

    def full(self, path: str) -> str:
        """The whole address of a path of the site, or the path alone when the site does not know its address."""
        return f"{self.address.rstrip('/')}/{path}" if self.address else path

    def where(self, path: str) -> str:
        """Where a page is, for a citation: its address, or the name of the site."""
        return self.full(path) if self.address else f"{self.name}."


def render_page(kit: Kit, page: Page, **facts: Any) -> Page:
    """The page with its body from the template of its kind."""
    words = Markup(WORDS)  # noqa: S704 - our own marker
    return replace(page, body=render_template(kit, page.kind, page=page, root=page.root, words=words, **facts))


def render_template(kit: Kit, kind: str, **facts: Any) -> str:
    """The template of a kind with its facts. Raises BadSource for a template of the project that cannot be used."""
    name = f"{kind}.html"
    try:
        return kit.templates.get_template(name).render(**facts)
    except TemplateError as error:
        raise BadSource(
            [Issue("template", f"This template cannot be used: {error}.", f"{OVERRIDES}/{name}")]
        ) from error


def list_sections(**titles: str | bool) -> tuple[Section, ...]:
    """The sections of a page by identifier; those with an empty title are not there."""
    return tuple(Section(name.replace("_", "-"), str(title)) for name, title in titles.items() if title)
