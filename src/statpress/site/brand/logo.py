"""The logo: a file of the project. An SVG is written anew with what draws alone, so that nothing in it can run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from statpress.issue import Issue

_SVG: Final = "http://www.w3.org/2000/svg"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_SHAPES: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use")
_PARTS: Final = ("svg", "g", "title", "desc", "defs", "symbol", "clipPath", "mask")
_PAINTS: Final = ("linearGradient", "radialGradient", "stop")
_DRAWS: Final = frozenset((*_SHAPES, *_PARTS, *_PAINTS))
_UNSAFE: Final = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression|javascript:|data:|\\|/\*", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"(?!on)[A-Za-z][A-Za-z-]*\d?", re.IGNORECASE)
_KINDS: Final = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b""}
_PLACE: Final = "Put the file into the folder of words, and name it as seen from there, such as brand/logo.svg."
MOST_BYTES: Final = 100_000


def read_logo(folder: Path, path: str, key: str) -> tuple[bytes, list[Issue]]:
    """The logo as it is served, or what is wrong with it. `path` is seen from the folder of words."""
    fault = _find_fault(folder, path)
    if fault:
        message, hint = fault
        return b"", [Issue("brand-logo", message, "mkdocs.yml", key=key, hint=hint)]
    content = (folder / path).read_bytes()
    return clean_svg(content) if path.lower().endswith(".svg") else content, []


def _find_fault(folder: Path, path: str) -> tuple[str, str] | None:
    """What is wrong with a logo, and what to do."""
    file = folder / path
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", path):
        return "The logo is not a file of the project.", _PLACE
    if not file.resolve().is_relative_to(folder.resolve()):
        return "The logo is outside the folder of words, or a link out of it.", _PLACE
    if not file.is_file():
        return f"There is no file “{path}” in the folder of words.", _PLACE
    return _find_fault_inside(file)


def _find_fault_inside(file: Path) -> tuple[str, str] | None:
    kind = file.suffix.lower()
    if kind not in _KINDS:
        return "The logo is neither an SVG nor a PNG.", "Save it as SVG or PNG."
    content = file.read_bytes()
    if len(content) > MOST_BYTES:
        return "The logo is larger than 100 kB.", "Save it smaller: it stands at most 30 pixels high."
    if not content.startswith(_KINDS[kind]):
        return "The logo is called PNG, and is none.", "Save it as PNG or SVG."
    if kind == ".svg" and not clean_svg(content):
        return "The logo cannot be read as SVG.", "Save it as plain SVG, without a DOCTYPE."
    return None


def clean_svg(content: bytes) -> bytes:
    """The SVG with nothing but what draws: no script, style sheet, link or picture. Nothing where it cannot be read."""
    try:
        text = content.decode("utf-8-sig")
        if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
            return b""
        root = ElementTree.fromstring(text)  # noqa: S314 - no DOCTYPE, so no entities to expand
    except (UnicodeDecodeError, ElementTree.ParseError):
        return b""
    if root.tag != f"{{{_SVG}}}svg":
        return b""
    _clean(root)
    ElementTree.register_namespace("", _SVG)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=False)
    return written + b"\n"


def _clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        if not _may_stay(name, value):
            del element.attrib[name]
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag.startswith(f"{{{_SVG}}}") or tag.removeprefix(f"{{{_SVG}}}") not in _DRAWS:
            element.remove(child)
        else:
            _clean(child)


def _may_stay(name: str, value: str) -> bool:
    if name in ("href", _LINK):
        return value.startswith("#")
    return bool(_ATTRIBUTE.fullmatch(name)) and not _UNSAFE.search(value)
