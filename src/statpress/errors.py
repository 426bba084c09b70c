"""The families of failure, each with its exit code. Each carries every issue that was found, not just the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from statpress.issue import Issue, in_order


class StatpressError(Exception):
    """The work cannot go on; `issues` says why, `exit_code` says to a script which family it is."""

    exit_code: ClassVar[int] = 1
    family: ClassVar[str] = "failed"

    def __init__(self, issues: Iterable[Issue]) -> None:
        """Keep the issues in order."""
        self.issues = in_order(issues)
        super().__init__(f"{self.family}: {len(self.issues)} issue(s)")

    def __reduce__(self) -> tuple[type[StatpressError], tuple[tuple[Issue, ...]]]:
        """What makes it again in another process."""
        return type(self), (self.issues,)


class BadUsage(StatpressError):
    """The command names something that does not exist."""

    exit_code = 2
    family = "bad usage"


class BadDeclaration(StatpressError):
    """A file of declarations is wrong."""

    exit_code = 10
    family = "bad declaration"


class BadSource(StatpressError):
    """A source table cannot be read as declared."""

    exit_code = 11
    family = "bad source"


class FailedCheck(StatpressError):
    """The figures break a rule that they must keep."""

    exit_code = 12
    family = "failed check"


class UnsafeRelease(StatpressError):
    """The release would let a withheld number be worked out."""

    exit_code = 13
    family = "unsafe release"


class CannotWrite(StatpressError):
    """A file cannot be written, or should not be."""

    exit_code = 14
    family = "cannot write"


def fail_if(error: type[StatpressError], issues: Iterable[Issue]) -> None:
    """Raise `error` with the issues when any of them is an error; warnings alone do not stop the work."""
    found = tuple(issues)
    if any(issue.severity == "error" for issue in found):
        raise error(found)


def fail_together(faults: Mapping[type[StatpressError], Iterable[Issue]]) -> None:
    """Raise the first family that has an error, with the issues of all families, so that all are told at once."""
    found = {family: tuple(issues) for family, issues in faults.items()}
    for family, issues in found.items():
        if any(issue.severity == "error" for issue in issues):
            raise family(issue for others in found.values() for issue in others)
