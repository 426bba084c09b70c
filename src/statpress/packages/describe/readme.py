"""README.md of a package, for people who open the zip."""

from __future__ import annotations

from statpress.packages.describe.publication import Publication
from statpress.status import STATUSES


def render_readme(publication: Publication) -> bytes:
    """The package in words: what it is, where it comes from, how to load and how to read it."""
    pipeline, declared = publication.pipeline, publication.declared
    documents = dict.fromkeys(table.origin.document for table in pipeline.tables)
    sources = [f"- {declared.documents[key].title}, {declared.documents[key].publisher}" for key in documents]
    marks = [f"- `{status.code}`: {status.title}. {status.meaning}" for status in STATUSES.values()]
    caveats = [f"- {declared.caveats[key].text}" for key in pipeline.caveats]
    parts = [
        f"# {pipeline.title}",
        pipeline.description,
        f"Version {pipeline.release.version}, released {pipeline.release.date}. Next release: {pipeline.release.next}.",
        f"Published by {declared.publisher.title} ({declared.publisher.contact}) under {declared.publisher.licence}.",
        "## Files",
        "`data/observations.csv` has one row a figure. The other files in `data/` say what its codes mean. "
        "`datapackage.json` describes every field.",
        "## How to read the figures",
        "An empty value always has a status. A 0 without a status is a true zero.",
        "\n".join(marks),
        *(["## Caveats", "\n".join(caveats)] if caveats else []),
        "## Sources",
        "\n".join(sources),
    ]
    return ("\n\n".join(parts) + "\n").encode()
