"""Regular expressions on a column of texts, as Python's `re` has them.

pyarrow has another dialect (RE2), which is faster. Where a pattern is written with what both have in common, texts
that RE2 matches are matched by Python too, so that Python tries only the others.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from statpress.checks.contract.arrays import bools, places

_COMMON: Final = re.compile(
    r"""(?:
        [A-Za-z0-9\ _:,/@#%&=~<>;'"!-]              # itself
      | \\[.\-+*?()\[\]{}|/$^]                      # a sign for itself
      | \\[dws] | [.^$|()] | \(\?:
      | \[ (?:[A-Za-z0-9\ _.:,/%+-] | \\[dws.\-/])+ \]
      | \[\^ [A-Za-z0-9\ _.:,/%+-]+ \]
      | (?<=[^(|^]) (?:[*+?] | \{[0-9]{1,3}(?:,[0-9]{0,3})?\})
    )*""",
    re.VERBOSE,
)


def matches(texts: pa.Array, pattern: str) -> np.ndarray[Any, Any]:
    """Whether `pattern` matches each text from start to end, as frictionless has it. True where a text is null."""
    found = np.array(_match_fast(texts, pattern))
    rest = np.flatnonzero(~found)
    if len(rest):
        match = _compiled(pattern).match
        others = texts.take(places(rest)).to_pylist()
        found[rest] = [text is None or match(text) is not None for text in others]
    return found


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(f"^{pattern}$")


def _match_fast(texts: pa.Array, pattern: str) -> np.ndarray[Any, Any]:
    """The texts that surely match."""
    if _COMMON.fullmatch(pattern):
        try:
            found = pc.match_substring_regex(texts, f"^{pattern}$")
        except pa.ArrowInvalid:
            return np.zeros(len(texts), bool)
        return bools(pc.or_(found.is_null(), pc.fill_null(found, found.is_valid())))
    return np.zeros(len(texts), bool)
