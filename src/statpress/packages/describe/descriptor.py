"""The descriptor of a package: Data Package version 2, and what it has no word for under the key `statpress`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from statpress.cube import ALL
from statpress.declare.catalogues import Caveat
from statpress.declare.dashboard import Dashboard
from statpress.packages.describe.boundaries import describe_boundaries, render_boundaries
from statpress.packages.describe.pictures import describe_pictures
from statpress.packages.describe.policy import describe_policy
from statpress.packages.describe.publication import Publication
from statpress.packages.describe.schemas import describe_code_list, describe_dimension, describe_observations
from statpress.status import WITHHELD

SCHEMA: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCES: Final = {
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
_TITLES: Final = {
    "observations": ("Observations", "One row a figure."),
    "measures": ("Measures", "What was counted."),
    "areas": ("Areas", "The places that figures are about."),
    "periods": ("Periods", "The times that figures are about."),
    "statuses": ("Statuses", "Why a value is empty, or how to read it."),
}


def render_descriptor(publication: Publication, tables: Mapping[str, bytes]) -> bytes:
    """`datapackage.json` for the files in `tables` (resource name to bytes). The same bytes every time."""
    text = json.dumps(_describe(publication, tables), indent=2, ensure_ascii=False)
    return (text + "\n").encode()


def _describe(publication: Publication, tables: Mapping[str, bytes]) -> dict[str, Any]:
    pipeline, publisher = publication.pipeline, publication.declared.publisher
    boundaries = render_boundaries(publication)
    return {
        "$schema": SCHEMA,
        "name": publication.name,
        "title": pipeline.title,
        "description": pipeline.description,
        "version": pipeline.release.version,
        "created": f"{pipeline.release.date}T00:00:00Z",
        "keywords": list(pipeline.keywords),
        "licenses": [_licence(publisher.licence)],
        "contributors": [{"title": publisher.title, "roles": ["publisher"]}],
        "sources": [_source(publication, index) for index in range(len(pipeline.tables))],
        "resources": [
            *(_resource(publication, name, data) for name, data in tables.items()),
            *([describe_boundaries(boundaries)] if boundaries else []),
        ],
        "statpress": _statpress(publication),
    }


def _licence(name: str) -> dict[str, str]:
    title, path = LICENCES[name]
    return {"name": name, "title": title, "path": path}


def _source(publication: Publication, index: int) -> dict[str, Any]:
    table, fact = publication.pipeline.tables[index], publication.sources[index]
    document = publication.declared.documents[table.origin.document]
    described = {
        "title": document.title,
        "path": document.path,
        "publisher": document.publisher,
        "published": document.published,
        "licence": document.licence,
        "section": table.origin.section,
        "page": table.origin.page,
        "lines": table.origin.lines,
        "file": table.path.rsplit("/", 1)[-1],
        "rows": fact.rows,
        "hash": fact.hash,
    }
    return {name: value for name, value in described.items() if value not in (None, "")}


def _resource(publication: Publication, name: str, data: bytes) -> dict[str, Any]:
    title, description = _TITLES.get(name) or _of_dimension(publication, name)
    return {
        "name": name,
        "path": f"data/{name}.csv",
        "title": title,
        "description": description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": _schema(publication, name),
    }


def _of_dimension(publication: Publication, name: str) -> tuple[str, str]:
    title = publication.declared.dimensions[name].title
    return title, f"The categories of the dimension {title}."


def _schema(publication: Publication, name: str) -> dict[str, Any]:
    if name == "observations":
        dimensions = publication.declared.dimensions
        return describe_observations({dimension: dimensions[dimension].title for dimension in publication.dimensions})
    return describe_code_list(name) if name in _TITLES else describe_dimension()


def _statpress(publication: Publication) -> dict[str, Any]:
    pipeline, declared = publication.pipeline, publication.declared
    return {
        "format": 1,
        "topic": {"id": pipeline.topic, **declared.topics[pipeline.topic].model_dump()},
        "area": pipeline.area,
        **({"formerly": list(pipeline.formerly)} if pipeline.formerly else {}),
        "release": _release(publication),
        "releases": [vars(release) for release in publication.earlier],
        "contact": declared.publisher.contact,
        **({"methodology": pipeline.methodology} if pipeline.methodology else {}),
        "coverage": _coverage(publication),
        "dimensions": [
            {"id": name, "title": declared.dimensions[name].title, "adds_up": adds == "adds-up"}
            for name, adds in pipeline.dimensions.items()
        ],
        "measures": _measures(publication),
        **({"dashboard": _dashboard(pipeline.dashboard)} if pipeline.dashboard else {}),
        **({"groups": groups} if (groups := _groups(publication)) else {}),
        "caveats": [
            *(_caveat(name, declared.caveats[name]) for name in pipeline.caveats),
            *({"id": fault.id, "text": fault.text, "conflict": True} for fault in publication.known_faults),
        ],
        "disclosure": _disclosure(publication),
        **({"quality": [dict(check) for check in publication.quality]} if publication.quality else {}),
        "ledger": {
            "source_rows": publication.ledger.source_rows,
            "published": publication.ledger.published,
            "withheld": publication.ledger.withheld,
            "left_out": dict(sorted(publication.ledger.left_out.items())),
        },
    }


def _caveat(name: str, caveat: Caveat) -> dict[str, Any]:
    return {"id": name, "text": caveat.text, **({"conflict": True} if caveat.conflict else {})}


def _groups(publication: Publication) -> list[dict[str, Any]]:
    """The groups of areas that the package has figures of, with what they are the average of."""
    areas = publication.declared.areas
    used = sorted(set(publication.observations["area"]))
    return [{"area": code, "members": list(areas[code].members)} for code in used if areas[code].members]


def _dashboard(dashboard: Dashboard) -> dict[str, Any]:
    return dashboard.model_dump(mode="json", exclude_none=True)


def _release(publication: Publication) -> dict[str, Any]:
    """The release: what changed since the one before it, and why, where there is something to say."""
    release = publication.pipeline.release
    said = release.model_dump(exclude={"changes"} if release.type else {"changes", "type"})
    declared = release.changes
    reasons = {"reasons": [reason.model_dump(exclude_none=True) for reason in declared]} if declared else {}
    changes = {"changes": {**publication.changes, **reasons}} if publication.changes is not None else {}
    return said | changes


def _coverage(publication: Publication) -> dict[str, Any]:
    stated = publication.periods[publication.periods["start"] != ""]
    days = {"start": min(stated["start"]), "end": max(stated["end"])} if len(stated) else {}
    return {**days, "areas": sorted(set(publication.observations["area"]))}


def _measures(publication: Publication) -> list[dict[str, Any]]:
    """Each measure with the dimensions that any figure of it is broken down by."""
    rows = publication.observations
    users = {dimension: set(rows["measure"][rows[dimension] != ALL]) for dimension in publication.dimensions}
    return [
        _measure(publication, name, [dimension for dimension, measures in users.items() if name in measures])
        for name in publication.pipeline.measures
    ]


def _measure(publication: Publication, name: str, used: list[str]) -> dict[str, Any]:
    caveats = publication.declared.caveats
    about = [key for key in publication.pipeline.caveats if not caveats[key].measures or name in caveats[key].measures]
    about += [fault.id for fault in publication.known_faults if name in fault.measures]
    described: dict[str, Any] = {
        "id": name,
        "dimensions": used,
        "sources": list(publication.measure_sources.get(name, ())),
        "caveats": about,
        **_describe_names(publication, name),
    }
    measure = publication.declared.measures[name]
    elsewhere = {
        part: other
        for part, other in (("numerator", measure.numerator), ("denominator", measure.denominator))
        if other and other not in publication.pipeline.measures
    }
    words = {"alt": measure.alt, "unprotected": measure.unprotected}
    return described | elsewhere | {key: text for key, text in words.items() if text}


def _describe_names(publication: Publication, name: str) -> dict[str, Any]:
    """By what else a measure is found, and how its figures are rated, where that is declared."""
    measure = publication.declared.measures[name]
    said = {
        "also": list(measure.also),
        "formerly": list(measure.formerly),
        "statutory": measure.statutory,
        "denominator_reason": measure.denominator_reason,
        "rating": measure.rating.model_dump(exclude_none=True) if measure.rating else None,
        **describe_pictures(publication.pipeline, name, measure),
    }
    return {key: part for key, part in said.items() if part}


def _disclosure(publication: Publication) -> dict[str, Any]:
    policy = publication.declared.policies[publication.pipeline.disclosure]
    return {
        "policy": publication.pipeline.disclosure,
        **describe_policy(policy),
        "withheld": int((publication.observations["status"] == WITHHELD).sum()),
        "observations": len(publication.observations),
        **({"proof": dict(publication.proof)} if publication.proof is not None else {}),
    }
