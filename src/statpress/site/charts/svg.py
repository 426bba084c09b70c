"""From a specification to an SVG that a page can hold: with a title, a description and a role, and a cache by content.

Rendering reads nothing from a network. What is in the cache is checked as it is read, and made again when spoilt.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from markupsafe import escape

from statpress.language.speak import ENGLISH, spoken
from statpress.site.charts import specs
from statpress.site.charts.model import Chart
from statpress.site.charts.specs.write import write_spec
from statpress.site.files.kept import keep

_TAG: Final = re.compile(r"<[a-zA-Z][^>]*>")
_ROLES: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_INNER_ID: Final = re.compile(r'( id="|url\(#)([A-Za-z]+_?\d+)')
_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX: Final = re.compile(r'viewBox="[0-9 .-]+"')


def render_chart(chart: Chart, cache: Path) -> str:
    """The chart as SVG. It says its title and its words to those who cannot see it."""
    return _label(draw_chart(chart, cache), chart)


def draw_chart(chart: Chart, cache: Path) -> str:
    """The chart as it was drawn, without words of its own."""
    return keep(cache, [*_recipe(), *_speak(), chart], "svg", lambda: _draw(write_spec(chart)).encode()).decode()


def render_spec(chart: Chart, cache: Path) -> bytes:
    """The specification of the chart as JSON, for those who explore it."""
    return keep(cache, ["spec", *_recipe(), *_speak(), chart], "json", lambda: _write_json(write_spec(chart)))


def render_vega(cache: Path) -> bytes:
    """Vega, Vega-Lite and Vega-Embed in one file, as vl-convert carries them. Nothing is fetched."""
    return keep(cache, ["vega", version("vl-convert-python")], "js", _bundle)


def _write_json(spec: dict[str, Any]) -> bytes:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _bundle() -> bytes:
    import vl_convert

    notice = (
        "/* Vega, Vega-Lite, Vega-Embed: (c) University of Washington Interactive Data Lab and contributors, "
        "BSD-3-Clause, https://vega.github.io/ */\n"
    )
    return (notice + str(vl_convert.javascript_bundle(snippet="window.vegaEmbed = vegaEmbed;"))).encode()


@lru_cache(maxsize=1)
def _recipe() -> tuple[str, ...]:
    """What a drawing depends on beside the facts: how the specification is written, and the versions that draw it.

    With it the facts decide the specification, so that a known drawing needs neither Altair nor its specification.
    """
    paths = sorted(path for folder in specs.__path__ for path in Path(folder).glob("*.py"))
    source = b"".join(path.read_bytes() for path in paths)
    return (hashlib.sha256(source).hexdigest(), version("altair"), version("vl-convert-python"))


def _speak() -> tuple[str, ...]:
    """What a drawing has of the language that is spoken: a few words of its own. Nothing in English."""
    language = spoken()
    return (language.code, language.version) if language is not ENGLISH else ()


def _draw(spec: dict[str, Any]) -> str:
    import vl_convert

    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


def _label(drawn: str, chart: Chart) -> str:
    """The drawing with a role, a title and a description, and with identifiers of its own."""
    box = _VIEW_BOX.search(drawn)
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sp-svg" role="img" {box.group() if box else ""} '
        f'aria-labelledby="{chart.id}-title {chart.id}-desc">'
        f'<title id="{chart.id}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.id}-desc">{escape(chart.words)}</desc>'
    )
    body = _TAG.sub(lambda tag: _tidy(tag.group(), chart.id), drawn)
    return _ROOT.sub(lambda _: root, body, count=1)


def _tidy(tag: str, name: str) -> str:
    """A tag without roles of its own, since the whole drawing is one image, and with identifiers of this page."""
    return _INNER_ID.sub(rf"\1{name}-\2", _ROLES.sub("", tag))
