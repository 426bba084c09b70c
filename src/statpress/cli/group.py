"""The group of commands: turns every failure into words and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from typing import Any, Final

import click

from statpress.errors import CannotWrite, StatpressError

AS_JSON: Final = "statpress.as_json"
"""Where the context keeps whether the answer, also to a failure, is JSON."""


def _keep(context: click.Context, _: click.Parameter, value: bool) -> bool:
    context.meta[AS_JSON] = value
    return value


json_option = click.option("--json", "as_json", is_flag=True, callback=_keep, help="Answer in JSON, for machines.")
"""The option of every command that answers in JSON; the same for answers to failures."""


class Once(click.Command):
    """A command that refuses an option given twice, in place of silently going by the last: `--threshold 5 ... 2`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for one in self.params:
            if isinstance(one, click.Option) and not (one.multiple or one.is_flag) and order.count(one) > 1:
                raise click.UsageError(f"{one.opts[0]} is given {order.count(one)} times. Give it once.", ctx)
        return super().parse_args(ctx, args)


class Commands(click.Group):
    """Says what went wrong, and ends with the exit code of its family. No traceback for a user's mistake."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program. Where its answer cannot be written, say so and end with 14."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            if not _is_of_answer(error):
                raise
            with suppress(OSError):
                reason = error.strerror or "it is closed"
                click.echo(f"The answer could not be written where it was to go: {reason}.", err=True)
            sys.exit(CannotWrite.exit_code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; answer failures."""
        try:
            return super().invoke(ctx)
        except StatpressError as error:
            from statpress.cli.answers import answer_error

            answer_error(error, as_json=bool(ctx.meta.get(AS_JSON)))
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if _is_of_answer(error):
                raise
            _answer_fault(error)
            ctx.exit(1)


def _is_of_answer(error: Exception) -> bool:
    """Whether an error is that of a terminal, pipe or file that takes the answer: click was writing to it."""
    if not isinstance(error, OSError) or isinstance(error, BrokenPipeError):
        return False
    return traceback.extract_tb(error.__traceback__)[-1].filename == click.utils.__file__


def _answer_fault(error: Exception) -> None:
    """A fault of ours. Its message could hold a figure, so only its kind and place are told."""
    if os.environ.get("STATPRESS_DEBUG"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 - a text, not a path
    click.echo(f"statpress failed unexpectedly ({type(error).__name__} at {where}). Please report it.", err=True)
    click.echo("Nothing was half written. STATPRESS_DEBUG=1 shows more, and may show figures.", err=True)
