"""What checking a project finds, remembered for as long as nothing changes that it reads.

Only issues are remembered, which never show a figure. A project that did not change is judged without reading a table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from statpress.errors import StatpressError
from statpress.issue import Issue
from statpress.paths import Project
from statpress.publish.inputs import digest_inputs
from statpress.workers import ALONE, Share

OnStep = Callable[[str, int, int], None]
_HEAVY: Final = ("statpress.publish.assess", "great_expectations")
"""What every process imports that judges."""
KEPT: Final = 20
"""Judgements that are remembered at most."""


@dataclass(frozen=True)
class Judgement:
    """Packages that can be published, and what they are warned of."""

    packages: tuple[str, ...]
    warnings: tuple[Issue, ...]
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What changes since the last release, in sentences, for packages that are not on disk as they would be."""


def judge(
    project: Project,
    names: Iterable[str] = (),
    *,
    amend: bool = False,
    on_step: OnStep = lambda *_: None,
    share: Share = ALONE,
) -> Judgement:
    """What `check` says of the pipelines `names`, or of all. Raises what it raises."""
    names = tuple(names)
    asked = (f"amend={amend}", *names)
    digest = digest_inputs(project, *asked)
    path = project.cache / "judgements" / f"{digest}.json"
    found = _recall(path) if digest else None
    if found is None:
        found = _judge(project, names, amend=amend, on_step=on_step, share=share)
        if digest and digest == digest_inputs(project, *asked):
            _remember(path, found)
    if isinstance(found, StatpressError):
        raise found
    return found


def _judge(
    project: Project, names: tuple[str, ...], *, amend: bool, on_step: OnStep, share: Share
) -> Judgement | StatpressError:
    share.open(_HEAVY, len(names) or sum(1 for _ in project.pipelines.glob("*/pipeline.yml")))
    from statpress.publish.assess import check

    try:
        checked = check(project, names, amend=amend, on_step=on_step, share=share)
    except StatpressError as error:
        return error
    changes = {name: checked.changes[name].sentences for name in sorted(checked.fresh & checked.changes.keys())}
    return Judgement(tuple(checked.files), checked.warnings, changes)


def _recall(path: Path) -> Judgement | StatpressError | None:
    """What was remembered, or None. A cache that cannot be read only costs time."""
    families = {family.exit_code: family for family in StatpressError.__subclasses__()}
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        content: dict[str, Any] = json.loads(path.read_bytes())
        issues = tuple(_issue(issue) for issue in content["issues"])
        failed = content["exit_code"]
        changes = {name: tuple(sentences) for name, sentences in content["changes"].items()}
        return families[failed](issues) if failed else Judgement(tuple(content["packages"]), issues, changes)
    return None


def _issue(content: dict[str, Any]) -> Issue:
    parts: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in content.items()}
    return Issue(**parts)


def _remember(path: Path, found: Judgement | StatpressError) -> None:
    """Keep it, and forget what is oldest."""
    issues = found.issues if isinstance(found, StatpressError) else found.warnings
    content = {
        "exit_code": found.exit_code if isinstance(found, StatpressError) else 0,
        "packages": list(found.packages) if isinstance(found, Judgement) else [],
        "changes": dict(found.changes) if isinstance(found, Judgement) else {},
        "issues": [issue.as_dict() for issue in issues],
    }
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(content), encoding="utf-8")
        fresh.replace(path)
        for old in sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
