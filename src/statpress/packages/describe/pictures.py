"""What a descriptor says of how the figures of a measure are shown."""

from __future__ import annotations

from typing import Any

from statpress.declare.catalogues import Measure
from statpress.declare.pictures import Target
from statpress.declare.pipeline import Pipeline


def describe_pictures(pipeline: Pipeline, name: str, measure: Measure) -> dict[str, Any]:
    """The kind of chart, the bands, the targets and the interval of a measure; what is not declared is empty."""
    both = measure.interval and {measure.interval.lower, measure.interval.upper} <= set(pipeline.measures)
    return {
        "chart": measure.chart,
        "bands": [{"low": _plain(band.low), "high": _plain(band.high), "title": band.title} for band in measure.bands],
        "targets": [_describe_target(target) for target in pipeline.targets if target.measure == name],
        "interval": measure.interval.model_dump() if measure.interval and both else None,
    }


def _describe_target(target: Target) -> dict[str, Any]:
    words = {"title": target.title, "area": target.area, "by": target.by}
    return {"value": _plain(target.value)} | {key: text for key, text in words.items() if text}


def _plain(number: float) -> int | float:
    """A whole number without a decimal point."""
    return int(number) if number.is_integer() else number
