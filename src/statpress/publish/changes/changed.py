"""The verb of this room: compare what would be published with the release before it."""

from __future__ import annotations

from collections.abc import Mapping

from statpress.packages.describe.publication import Publication
from statpress.packages.earlier import Published
from statpress.publish.changes.differences import Differences, compare_releases
from statpress.publish.changes.printed_release import read_release


def find_differences(
    publication: Publication, published: Published | None, files: Mapping[str, bytes], *, amend: bool
) -> Differences | None:
    """What is different in `files` from the release before this version; None where there is none before it.

    A version that is in place and would change, which only `amend` allows, is compared with itself.
    """
    if published is None:
        return None
    changed = any(published.files.get(path) != data for path, data in files.items() if path.startswith("data/"))
    again = published.version == publication.pipeline.release.version
    before = (
        published.files if again and changed and not amend else published.before(publication.pipeline.release.version)
    )
    return compare_releases(read_release(before), read_release(files)) if before is not None else None
