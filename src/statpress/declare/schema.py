"""JSON Schema files made from the models, so that an editor completes and checks declarations."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from statpress.declare.load import CATALOGUES
from statpress.declare.pipeline import Pipeline
from statpress.declare.rules import Rules


def describe_schemas() -> dict[str, bytes]:
    """File name to bytes of every schema: catalogues, pipelines, rules. The same bytes every time."""
    kinds: dict[str, Any] = {**CATALOGUES, "pipeline": Pipeline, "rules": Rules}
    return {f"{name}.json": _schema(name, kind) for name, kind in sorted(kinds.items())}


def _schema(name: str, kind: Any) -> bytes:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(kind).json_schema(),
        "title": f"statpress {name}.yml",
    }
    return (json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
