"""Load every declaration of a project, or raise with every fault of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from statpress.declare.base import Code, Id
from statpress.declare.boundaries import read_boundaries
from statpress.declare.catalogues import Area, Caveat, Dimension, Measure, Publisher, Topic
from statpress.declare.catalogues import Document as SourceDocument
from statpress.declare.document import Document, join_documents, read_document
from statpress.declare.explain import explain_faults
from statpress.declare.key import read_key
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline
from statpress.declare.policy import Policy
from statpress.declare.presets import add_presets
from statpress.declare.references import check_references
from statpress.declare.rule_references import check_rules
from statpress.declare.rules import Rules
from statpress.declare.validations import check_validations
from statpress.errors import BadDeclaration, BadUsage, fail_if
from statpress.issue import Issue, nearest
from statpress.paths import Project

CATALOGUES: Final[dict[str, Any]] = {
    "areas": dict[Code, Area],
    "caveats": dict[Id, Caveat],
    "dimensions": dict[Id, Dimension],
    "documents": dict[Id, SourceDocument],
    "measures": dict[Id, Measure],
    "policies": dict[Id, Policy],
    "publisher": Publisher,
    "topics": dict[Id, Topic],
}
"""Each catalogue's file name, without `.yml`, and what it holds."""
_MOVE: Final = "Add one, or move the folder out of pipelines/."
IN_FOLDERS: Final = frozenset(CATALOGUES) - {"publisher"}
"""The catalogues that may be in several files."""
REQUIRED: Final = ("areas", "documents", "measures", "publisher", "topics")
"""The catalogues that no project can do without."""
PACKAGE_NAME: Final = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*")
"""What the folder of a pipeline may be called: the same as an id."""


def load_declarations(project: Project) -> Declarations:
    """Load the catalogues and every pipeline.

    Raises `BadDeclaration` with all faults of all files together.
    """
    issues: list[Issue] = []
    loaded = {
        name: _validate(_read_catalogue(project, name, issues), kind, issues) for name, kind in CATALOGUES.items()
    }
    issues += [*_missing(project), *_misnamed(project)]
    paths = sorted(path for path in project.pipelines.glob("*/pipeline.yml") if path.is_file())
    key, faults = read_key(project)
    issues += [*_none(project, paths), *faults]
    pipelines = {path.parent.name: _load(project, path, Pipeline, issues) for path in paths}
    issues += check_validations(project, pipelines)
    files = {name: project.rules(name) for name in pipelines}
    rules = {name: _load(project, path, Rules, issues) for name, path in files.items() if path.is_file()}
    fail_if(BadDeclaration, issues)
    models: dict[str, Any] = {name: model for name, (model, _) in loaded.items()}
    boundaries, faults = read_boundaries(project, models["areas"])
    fail_if(BadDeclaration, faults)
    policies, warnings = add_presets(models["policies"], loaded["policies"][1])
    declared = Declarations(
        **models | {"policies": policies},
        pipelines={name: model for name, (model, _) in pipelines.items()},
        files={name: document for name, (_, document) in pipelines.items()},
        measure_files=loaded["measures"][1],
        rules={name: model for name, (model, _) in rules.items()},
        rule_files={name: document for name, (_, document) in rules.items()},
        boundaries=boundaries,
        key=key,
        warnings=tuple(warnings),
    )
    faults = check_references(declared, {name: document for name, (_, document) in loaded.items()})
    fail_if(BadDeclaration, [*faults, *(issue for name in declared.rules for issue in check_rules(declared, name))])
    return declared


def choose_pipelines(declared: Declarations, names: Iterable[str]) -> tuple[str, ...]:
    """The pipelines named, or all of them. Raises `BadUsage` for a name that is not there."""
    wanted = tuple(dict.fromkeys(names)) or tuple(declared.pipelines)
    unknown = [
        Issue(
            "unknown-pipeline", f"There is no pipeline `{name}`.", "pipelines", hint=nearest(name, declared.pipelines)
        )
        for name in wanted
        if name not in declared.pipelines
    ]
    fail_if(BadUsage, unknown)
    return wanted


def _load(project: Project, path: Path, kind: Any, issues: list[Issue]) -> tuple[Any, Document]:
    return _validate(_read(project, path, issues), kind, issues)


def _validate(document: Document, kind: Any, issues: list[Issue]) -> tuple[Any, Document]:
    """What a declaration says, empty where it cannot be told."""
    if not document.lines and not document.parts:
        return {}, document
    try:
        return TypeAdapter(kind).validate_python(document.data), document
    except ValidationError as fault:
        issues += explain_faults(fault, document, kind)
        return {}, document


def _read_catalogue(project: Project, name: str, issues: list[Issue]) -> Document:
    """One file, or a folder of files of that name, or both."""
    first = _read(project, project.pipelines / f"{name}.yml", issues)
    if not _is_catalogue(project.pipelines / name):
        return first
    others = [_read(project, path, issues) for path in sorted((project.pipelines / name).glob("*.yml"))]
    joined, repeated = join_documents(first, others)
    issues += repeated
    return joined


def _read(project: Project, path: Path, issues: list[Issue]) -> Document:
    """A declaration as it was read, without lines where there is none, or none that can be read."""
    file = project.relative(path)
    if not path.is_file():
        return Document(file, {}, {})
    if not path.resolve().is_relative_to(project.root.resolve()):
        issues.append(
            Issue("outside", "The file is a link to a place outside the project.", file, hint="Copy it here.")
        )
        return Document(file, {}, {})
    document, faults = read_document(path, file)
    issues += faults
    return replace(document, lines={}) if faults else document


def _is_catalogue(folder: Path) -> bool:
    """Whether a folder in pipelines/ holds parts of a catalogue. One that has a pipeline.yml is a pipeline."""
    return folder.name in IN_FOLDERS and folder.is_dir() and not (folder / "pipeline.yml").exists()


def _missing(project: Project) -> list[Issue]:
    if not project.pipelines.is_dir():
        return [
            Issue("no-project", "There is no folder `pipelines/` here.", hint="Run statpress in a project's folder.")
        ]
    missing = [
        name
        for name in REQUIRED
        if not (project.pipelines / f"{name}.yml").is_file() and not _is_catalogue(project.pipelines / name)
    ]
    return [Issue("missing-catalogue", "The catalogue is missing.", f"pipelines/{name}.yml") for name in missing] + [
        Issue("missing-pipeline", "The folder has no pipeline.yml.", project.relative(folder), hint=_MOVE)
        for folder in sorted(project.pipelines.iterdir())
        if folder.is_dir() and folder.name != "schema" and not (folder / "pipeline.yml").is_file()
        if not _is_catalogue(folder)
    ]


def _none(project: Project, paths: list[Path]) -> list[Issue]:
    hint = "Add pipelines/<name>/pipeline.yml."
    return [] if paths else [Issue("no-pipeline", "The project has no pipeline.", "pipelines", hint=hint)]


def _misnamed(project: Project) -> Iterator[Issue]:
    """Pipelines whose folder or file cannot be what it must be: the name of a package, and a file."""
    for path in sorted(project.pipelines.glob("*/pipeline.yml")):
        if not path.is_file():
            yield Issue("not-a-file", "This is not a regular file.", project.relative(path))
        elif not PACKAGE_NAME.fullmatch(path.parent.name):
            message = f"The folder is called {path.parent.name!r}, which cannot be the name of a package."
            hint = "Rename it: lower case letters and digits joined by hyphens, such as children-in-need."
            yield Issue("bad-name", message, "pipelines", hint=hint)
