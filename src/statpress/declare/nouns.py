"""All declarations of a project together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from statpress.declare.boundaries import Boundary
from statpress.declare.catalogues import Area, Caveat, Dimension, Measure, Publisher, Topic
from statpress.declare.catalogues import Document as SourceDocument
from statpress.declare.document import Document
from statpress.declare.pipeline import Pipeline
from statpress.declare.policy import Policy
from statpress.declare.rules import Rules
from statpress.issue import Issue


@dataclass(frozen=True)
class Declarations:
    """Everything that people declared, checked, and the files it came from."""

    publisher: Publisher
    areas: Mapping[str, Area]
    caveats: Mapping[str, Caveat]
    dimensions: Mapping[str, Dimension]
    documents: Mapping[str, SourceDocument]
    measures: Mapping[str, Measure]
    policies: Mapping[str, Policy]
    """Those that statpress has, and those of the project."""
    topics: Mapping[str, Topic]
    pipelines: Mapping[str, Pipeline]
    files: Mapping[str, Document]
    """Each pipeline's declaration as it was written, for the lines of later issues."""
    measure_files: Document = field(default_factory=lambda: Document("pipelines/measures.yml", {}, {}))
    """The catalogue of measures as it was written, in one file or several."""
    rules: Mapping[str, Rules] = field(default_factory=dict)
    """Consistency rules by the name of their package."""
    rule_files: Mapping[str, Document] = field(default_factory=dict)
    """The rules of each package as they were written."""
    boundaries: Mapping[str, Boundary] = field(default_factory=dict)
    """The boundaries of areas by code, for maps."""
    key: bytes | None = None
    """The key of the checksums of sources, if the project has one."""
    warnings: tuple[Issue, ...] = ()
    """What is allowed and may mislead."""
