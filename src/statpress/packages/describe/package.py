"""Every file of a package, ready to be written."""

from __future__ import annotations

from statpress.packages.describe.boundaries import PATH, render_boundaries
from statpress.packages.describe.descriptor import render_descriptor
from statpress.packages.describe.files import render_tables
from statpress.packages.describe.publication import Publication
from statpress.packages.describe.readme import render_readme


def render_package(publication: Publication) -> dict[str, bytes]:
    """Path in the package to bytes, without earlier releases. The same publication gives the same bytes."""
    tables = render_tables(publication)
    boundaries = render_boundaries(publication)
    return {
        "datapackage.json": render_descriptor(publication, tables),
        "README.md": render_readme(publication),
        **{f"data/{name}.csv": data for name, data in tables.items()},
        **({PATH: boundaries} if boundaries else {}),
    }
