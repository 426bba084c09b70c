"""How the theme looks: the brand of the project, and accessible colours where nothing is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from statpress.language.speak import Language
from statpress.site.brand.brand import Brand

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

BRAND_STYLE: Final = "assets/brand.css"


def put_brand(config: MkDocsConfig, brand: Brand) -> None:
    """The logo and the colours of the brand, before every other style."""
    if brand.logo:
        config.theme["logo"] = brand.logo_path
    if brand.style and BRAND_STYLE not in config.extra_css:
        config.extra_css.insert(0, BRAND_STYLE)


def set_defaults(config: MkDocsConfig, language: Language) -> None:
    """Accessible colours where none are declared, and never a font from elsewhere."""
    config.theme["font"] = False
    if not config.theme.get("palette"):
        config.theme["palette"] = _write_palette(language)
    if not config.theme.get("features"):
        config.theme["features"] = ["navigation.tabs", "navigation.top"]


def _write_palette(language: Language) -> list[dict[str, Any]]:
    """Colours that are checked for contrast, in light and dark, for a site that declares none."""
    own = {"primary": "custom", "accent": "custom"}
    night = {"icon": "material/weather-night", "name": language.say("Switch to dark mode")}
    day = {"icon": "material/weather-sunny", "name": language.say("Switch to light mode")}
    return [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", **own, "toggle": night},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", **own, "toggle": day},
    ]
