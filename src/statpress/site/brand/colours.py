"""The colours of a brand: what each is used for, its check, and the style sheet that they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

from statpress.issue import Issue
from statpress.site.brand.contrast import NO_TEXT, TEXT, Use, darken, find_nearest, find_worst

PAPER, PANEL, WHITE = "#ffffff", "#f3f5f7", "#ffffff"
DARK_PAPER, DARK_PANEL = "#15191e", "#1f252c"
"""What colours stand on, in light and dark, as `statpress.css` has it."""
_ACCENT: Final = "#12436d"
_ON_LIGHT: Final = (Use("text on the page", PAPER, TEXT), Use("text on a panel", PANEL, TEXT))
_ON_DARK: Final = (Use("text on the dark page", DARK_PAPER, TEXT), Use("text on a dark panel", DARK_PANEL, TEXT))
_BESIDE_LIGHT: Final = (Use("a mark on the page", PAPER, NO_TEXT),)
_BESIDE_DARK: Final = (Use("a mark on the dark page", DARK_PAPER, NO_TEXT),)


@dataclass(frozen=True)
class Colours:
    """Colours as `#rrggbb`, each given or made from the accent."""

    accent: str
    accent_dark: str
    mark: str
    mark_dark: str
    header: str
    header_text: str
    footer: str
    footer_text: str


def complete_colours(given: dict[str, str]) -> Colours:
    """All colours of a brand from those that are given. What is made from the accent has the contrast that it needs."""
    accent = given.get("accent", _ACCENT)
    dark = given.get("accent_dark") or find_nearest(accent, _ON_DARK)
    made = {
        "accent": accent,
        "accent_dark": dark,
        "mark": accent,
        "mark_dark": find_nearest(given["mark"], _BESIDE_DARK) if "mark" in given else dark,
        "header": accent,
        "header_text": WHITE,
        "footer": darken(given.get("header", accent), 0.7),
        "footer_text": given.get("header_text", WHITE),
    }
    return Colours(**{**made, **given})


def check_colours(colours: Colours, given: dict[str, str], place: str) -> Iterator[Issue]:
    """An issue for each given colour without enough contrast. `place` is the key that they stand under."""
    uses = _list_uses(colours)
    for name in (field.name for field in fields(colours)):
        worst = find_worst(getattr(colours, name), uses[name])
        if worst is None or name not in given:
            continue
        use, ratio = worst
        message = (
            f"The colour {name} {given[name]} has a contrast of {_floor(ratio)} to 1 as {use.what} ({use.beside}), "
            f"and {use.needed:g} to 1 is needed."
        )
        nearest = find_nearest(given[name], uses[name])
        hint = f"The nearest that has it is {nearest}." if nearest else f"Choose {name} and what it stands on anew."
        yield Issue("brand-contrast", message, "mkdocs.yml", key=f"{place}.{name}", hint=hint)


def write_style(colours: Colours) -> str:
    """The style sheet of a brand, which comes after our own. Charts and paper keep their colours."""
    light = f"--sp-accent: {colours.accent}; --sp-link: {colours.accent}; --sp-mark: {colours.mark};"
    dark = f"--sp-link: {colours.accent_dark}; --sp-mark: {colours.mark_dark};"
    button = f"background: {colours.accent_dark}; color: {DARK_PAPER};"
    return f"""\
@media screen {{
:root, [data-md-color-scheme="default"] {{ {light} }}
[data-md-color-scheme="slate"] {{ {dark} }}
[data-md-color-primary="custom"], [data-md-color-scheme="slate"][data-md-color-primary="custom"] {{
  --md-primary-fg-color: {colours.header}; --md-primary-fg-color--light: {colours.header};
  --md-primary-fg-color--dark: {colours.header};
  --md-primary-bg-color: {colours.header_text}; --md-primary-bg-color--light: {colours.header_text};
  --md-footer-bg-color: {colours.footer}; --md-footer-bg-color--dark: {colours.footer};
  --md-footer-fg-color: {colours.footer_text}; --md-footer-fg-color--light: {colours.footer_text};
  --md-footer-fg-color--lighter: {colours.footer_text};
}}
.sp-headline {{ border-left-color: var(--sp-mark); }}
[data-md-color-scheme="slate"] .md-typeset .sp .sp-button {{ {button} }}
}}
@media screen and (prefers-color-scheme: dark) {{
.no-js [data-md-color-scheme="default"] {{ {dark} }}
.no-js .md-typeset .sp .sp-button {{ {button} }}
}}
"""


def _list_uses(colours: Colours) -> dict[str, tuple[Use, ...]]:
    white = Use("the ground of white text", WHITE, TEXT)
    return {
        "accent": (*_ON_LIGHT, white),
        "accent_dark": (*_ON_DARK, Use("the ground of dark text", DARK_PAPER, TEXT)),
        "mark": _BESIDE_LIGHT,
        "mark_dark": _BESIDE_DARK,
        "header": (Use("the ground of header_text", colours.header_text, TEXT),),
        "header_text": (Use("text on header", colours.header, TEXT),),
        "footer": (Use("the ground of footer_text", colours.footer_text, TEXT),),
        "footer_text": (Use("text on footer", colours.footer, TEXT),),
    }


def _floor(ratio: float) -> str:
    """The ratio rounded down, so that 4.49 is never told as 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"
