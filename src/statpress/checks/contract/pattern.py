"""Regular expressions on a column of texts, as Python's `re` has them.

pyarrow has another dialect (RE2), which is faster, and whose time never grows out of bounds. Where a pattern is written
with what both have in common, what RE2 says of plain texts holds, and texts that it matches are matched by Python too,
so that Python tries only the others. A pattern for which Python may need years is tried by a process of its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from statpress.checks.contract.arrays import bools, places
from statpress.checks.contract.blocks import Unreadable

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

_BACKTRACKS: Final = re.compile(r"\)[*+?{]|\\[1-9]|\(\?P=")
"""What a pattern has for which the time of Python can double with each letter: repeated groups, and references back."""
_SECONDS: Final = 10.0
_APART: Final = (
    "import json, re, sys; pattern, texts = json.load(sys.stdin.buffer); match = re.compile(f'^{pattern}$').match; "
    "json.dump([text is None or match(text) is not None for text in texts], sys.stdout)"
)


def matches(texts: pa.Array, pattern: str) -> np.ndarray[Any, Any]:
    """Whether `pattern` matches each text from start to end, as frictionless has it. True where a text is null."""
    found, known = _match_fast(texts, pattern)
    rest = np.flatnonzero(~known)
    if len(rest):
        match = _match_apart if _BACKTRACKS.search(pattern) else _match_here
        found[rest] = match(texts.take(places(rest)).to_pylist(), pattern)
    return found


def _match_here(texts: list[str | None], pattern: str) -> list[bool]:
    match = _compiled(pattern).match
    return [text is None or match(text) is not None for text in texts]


def _match_apart(texts: list[str | None], pattern: str) -> list[bool]:
    """The same in another process, which is ended where it does not. Raises `Unreadable` then."""
    given = json.dumps([pattern, texts]).encode()
    seconds = _SECONDS + len(texts) / 100_000
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _APART], input=given, capture_output=True, check=True, timeout=seconds
        )
    except subprocess.TimeoutExpired as fault:
        message = f"The pattern of a column was not done with {len(texts):,} cells in {seconds:.0f} seconds."
        raise Unreadable("bad-schema", message) from fault
    return [bool(found) for found in json.loads(ended.stdout)]


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(f"^{pattern}$")


def _match_fast(texts: pa.Array, pattern: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Which texts match, and of which this is sure."""
    nothing = np.zeros(len(texts), bool)
    if _COMMON.fullmatch(pattern):
        try:
            found = pc.match_substring_regex(texts, f"^{pattern}$")
        except pa.ArrowInvalid:
            return nothing, nothing
        matched = bools(found) | bools(pc.is_null(texts)) if texts.null_count else bools(found)
        plain = matched if matched.all() else matched | bools(pc.match_substring_regex(texts, r"^[ -~]*$"))
        return np.array(matched), plain
    return nothing, nothing
