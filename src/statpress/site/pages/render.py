"""Templates: those of statpress, each of which a project may replace by one of its own in `site_src/_templates/`.

Everything is escaped unless it is markup that we made. A project's templates run in a sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from statpress.errors import BadSource, fail_if
from statpress.issue import Issue
from statpress.language.speak import count_of, say, spoken
from statpress.site.facts.numbers import write_name, write_number, write_rule, write_size
from statpress.site.facts.phrases import lower_first, upper_first, write_date, write_lines
from statpress.site.pages.sums import add_sums, sum_program

OVERRIDES: Final = "_templates"
_SCHEMES: Final = ("http", "https", "mailto")


class Templates(SandboxedEnvironment):
    """The sandbox, which remembers by kind of thing and name whether an attribute may be asked for.

    Nothing else decides it (see `is_internal_attribute` of Jinja), so that the same is refused as without.
    """

    def __init__(self, **options: Any) -> None:
        """Start without anything that is remembered."""
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for the attribute."""
        key = (type(obj), attr)
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


def find_bytecode(*made_of: object) -> BytecodeCache | None:
    """Where compiled templates are kept; None where there is no folder that only we can write to.

    What is compiled is run. So it lies where Jinja says that nobody else can write, and never in a project, whose
    folders travel. A template is compiled anew when it changes, or anything that its compilation is `made_of`.
    """
    try:
        return FileSystemBytecodeCache(pattern=f"__statpress_{add_sums(sum_program(), made_of)[:16]}_%s.cache")
    except (OSError, RuntimeError):
        return None


def load_templates(words: Path, data_language: str = "en") -> SandboxedEnvironment:
    """The templates, with those in `_templates` of the folder of words first. Raises BadSource for links out of it.

    Where packages speak another language than the site, `data_language`, their texts are marked.
    """
    own = words / OVERRIDES
    fail_if(BadSource, _check_links(own))
    loader = ChoiceLoader([FileSystemLoader(own), PackageLoader("statpress.site", "templates")])
    environment = Templates(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=find_bytecode(spoken().code, spoken().version),
    )
    environment.install_gettext_translations(spoken().messages, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "web": check_address,
        "number": write_number,
        "size": write_size,
        "rule": write_rule,
        "say": say,
        "words": write_name,
        "date": write_date,
        "lines": write_lines,
        "lower_first": lower_first,
        "upper_first": upper_first,
    }
    environment.globals |= {"count_of": count_of, "language": spoken().code, **_mark_own(data_language)}
    return environment


def _mark_own(language: str) -> dict[str, Any]:
    """For templates: the attribute that tells the language of a text of a package, and the text within a mark."""
    if language == spoken().code:
        return {"own": "", "in_own": lambda text: text}
    attribute = Markup(' lang="{}"').format(language)
    return {"own": attribute, "in_own": lambda text: Markup("<span{}>{}</span>").format(attribute, text)}


def check_address(address: str) -> str:
    """The address when a page may link to it, otherwise nothing: `javascript:` and its like are never links."""
    try:
        scheme = urlsplit(address.strip()).scheme.lower()
    except ValueError:
        return ""
    return address.strip() if scheme in _SCHEMES else ""


def _check_links(own: Path) -> Iterator[Issue]:
    for path in sorted(own.rglob("*")):
        if not path.resolve().is_relative_to(own.resolve()):
            yield Issue(
                "path-unsafe", f"The template “{path.name}” is a link out of its folder.", f"{OVERRIDES}/{path.name}"
            )
