"""`statpress check --fix`: show what would change, ask, write."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from statpress.paths import Project

if TYPE_CHECKING:
    from statpress.tables.mending.mend import Mend
    from statpress.tables.mending.propose import Change


def mend_sources(project: Project, names: Iterable[str], *, yes: bool, quiet: bool) -> None:
    """Offer changes that lose nothing, and make them if the user agrees. `quiet` leaves standard output to others."""
    from statpress.publish.mend import find_mends, write_mends

    mends = find_mends(project, names)
    changes = sum(len(mend.changes) for mend in mends)
    if not changes:
        click.echo("Nothing to mend that would lose nothing.", err=quiet)
        return
    for mend in mends:
        click.echo("\n".join(_draw(mend)), err=quiet)
    if yes or _asks(f"Make {_count(changes, 'change')} in {_count(len(mends), 'file')}?", quiet=quiet):
        write_mends(project, mends)
        click.echo(f"{_count(changes, 'change')} made in {_count(len(mends), 'file')}.", err=quiet)
    else:
        click.echo("Nothing was changed. With --yes the changes are made.", err=quiet)


def _asks(question: str, *, quiet: bool) -> bool:
    """What the user answers; no where nobody can be asked."""
    return not quiet and sys.stdin.isatty() and click.confirm(question, default=False)


def _draw(mend: Mend) -> list[str]:
    """The cells that change, as a unified diff has lines; no other, since it may hold a figure."""
    lines = [f"--- {mend.file}", f"+++ {mend.file}"]
    for change in mend.changes:
        place = f"line {change.row}, column {change.name}"
        lines += [f"@@ {place} @@ {change.reason}", f"-{_show(change, change.old)}", f"+{_show(change, change.new)}"]
    return lines


def _show(change: Change, text: str) -> str:
    """A text in quotes, with what cannot be told by eye escaped, and without what could be a figure, or its length."""
    from statpress.cli.report.texts import mask_all, shorten

    shown = shorten(text if change.is_declared else mask_all(text), 80)
    return f'"{"".join(map(_show_character, shown))}"'


def _show_character(character: str) -> str:
    from statpress.tables.look_alike import plain_form

    plain = character == " " or (character.isprintable() and plain_form(character) == character)
    return character if plain else character.encode("unicode_escape").decode()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
