"""Contrast between two colours, and the nearest colour that has enough of it.

After the Web Content Accessibility Guidelines 2.2 (W3C), "relative luminance" and "contrast ratio"; success criteria
1.4.3 (text: 4.5 to 1) and 1.4.11 (what is no text: 3 to 1).
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TEXT: Final = 4.5
NO_TEXT: Final = 3.0
_STEPS: Final = 512


@dataclass(frozen=True)
class Use:
    """One use of a colour: what for, the colour on the other side of the edge, and the contrast that it needs."""

    what: str
    beside: str
    needed: float


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as `#12436d`, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def find_worst(colour: str, uses: Sequence[Use]) -> tuple[Use, float] | None:
    """The use for which a colour lacks most contrast, and how much it has there; None where it has enough for all."""
    lacking = [(use, contrast(colour, use.beside)) for use in uses if contrast(colour, use.beside) < use.needed]
    return min(lacking, key=lambda found: found[1] / found[0].needed, default=None)


def find_nearest(colour: str, uses: Sequence[Use]) -> str:
    """The colour of the same hue that is as little lighter or darker as its uses allow; nothing where none will do."""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(_STEPS + 1):
        for moved in (light - step / _STEPS, light + step / _STEPS):
            if 0 <= moved <= 1:
                found = _write(colorsys.hls_to_rgb(hue, moved, saturation))
                if find_worst(found, uses) is None:
                    return found
    return ""


def darken(colour: str, share: float) -> str:
    """The colour with so much of its light, from 0 to 1."""
    return _write(tuple(channel * share for channel in _channels(colour)))


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _write(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
