"""Pages in frames as MkDocs knows them: it writes none of them, but links and site maps lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from statpress.site.pages.page import Page


class Outdated(Exception):
    """What the last build left cannot be used: what the theme puts around pages is not the same any more."""


class Framed(File):
    """A page that MkDocs does not write, but that words in Markdown may link to."""

    @classmethod
    def of(cls, page: Page, config: MkDocsConfig) -> Framed:
        """The page as a file that MkDocs knows the address of."""
        place = f"{page.path}index.html"
        file = cls(page.source, None, config.site_dir, True, dest_uri=place, inclusion=InclusionLevel.NOT_IN_NAV)
        file.content_string = ""
        return file

    def is_documentation_page(self) -> bool:
        """Not one that MkDocs reads."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it to us."""


def list_nav(nav: Any) -> Iterator[str]:
    """Every file that a navigation names."""
    if isinstance(nav, dict | list):
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from list_nav(part)
    elif nav is not None:
        yield str(nav)


def describe_framed(page: Page, updated: str, config: MkDocsConfig) -> SimpleNamespace:
    """A page of a frame as a site map sees it."""
    address = urljoin(config.site_url, page.path) if config.site_url else None
    return SimpleNamespace(
        page=SimpleNamespace(is_link=False, canonical_url=address, abs_url=address, update_date=updated or None)
    )
