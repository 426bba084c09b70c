"""The files that every site has from us: style, scripts, and Vega where there are charts to explore."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from statpress.site.charts.svg import render_vega
from statpress.site.pages.kit import Kit
from statpress.site.pages.page import Asset
from statpress.site.pages.speak import speak_script

_SCRIPTS: Final = ("statpress.js", "find.js", "compare.js")


def list_shipped(kit: Kit, *, explored: bool) -> list[Asset]:
    """The style and scripts of every page, in the language that is spoken, and Vega where charts can be `explored`."""
    assets = files("statpress.site").joinpath("assets")
    style = b"".join(assets.joinpath(name).read_bytes() for name in ("statpress.css", "finding.css", "indicator.css"))
    own = [Asset("assets/embed.css", assets.joinpath("embed.css").read_bytes())]
    own += [
        Asset(f"assets/{name}", speak_script(assets.joinpath(name).read_text("utf-8")).encode()) for name in _SCRIPTS
    ]
    vega = [Asset("assets/vega.js", render_vega(kit.cache))] if explored else []
    return [Asset("assets/statpress.css", style), *own, *vega]
