"""What a cell that is no number seems to be, as a proposal for a person. It never shows the cell's digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from statpress.tables.look_alike import plain_form
from statpress.tables.numbers import Notation

_NUMBER: Final = r"-?[0-9]+([.,][0-9]+)?"
_GROUPED: Final = re.compile(
    r"-?[0-9]{1,3}(?P<sign>[,. '\u00a0\u202f\u2019])[0-9]{3}((?P=sign)[0-9]{3})*([.,][0-9]+)?%?"
)
_NAMES: Final = {
    ",": "a comma",
    ".": "a point",
    " ": "a space",
    "'": "an apostrophe",
    "\u2019": "a curly apostrophe",
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
}
_SHAPES: Final = (
    (re.compile(rf"{_NUMBER}[Ee][+-]?[0-9]+"), "a number that a spreadsheet shortened: write all of its digits."),
    (re.compile(rf"\({_NUMBER}\)"), "a negative number in brackets: write it with a minus sign."),
    (re.compile(rf"[£$€]\s*{_NUMBER}"), "an amount with its currency: leave the sign out; the unit says it."),
    (
        re.compile(rf"{_NUMBER}\s*[*†‡^]+|{_NUMBER}\s*\[[a-z0-9]{{1,6}}\]"),
        "a number with a mark: give a column `status`.",
    ),
    (re.compile(rf"\s*{_NUMBER}\s*"), "a number with spaces around it: remove them in the source."),
    (
        re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( [0-9:.]+)?"),
        "a date: a spreadsheet may have made it of a number.",
    ),
    (re.compile(rf"[<>~≤≥]\s*{_NUMBER}"), "a range in place of a number: declare under `marks` what it means."),
)


def propose(text: str, notation: Notation) -> str:
    """A sentence that says what a cell seems to be, and what to declare or to mend; nothing where nothing fits."""
    return next((found for find in _FINDS if (found := find(text, notation))), "")


def _propose_mark(text: str, notation: Notation) -> str:
    """A mark in another spelling."""
    folded = plain_form(text).casefold().replace(" ", "")
    near = [mark for mark in notation.marks if mark and plain_form(mark).casefold().replace(" ", "") == folded]
    bare = [mark for mark in notation.marks if mark and mark.casefold() == folded.strip("[]()")]
    if near or bare:
        return (
            f"It seems to be the mark `{(near or bare)[0]}` in another spelling; `statpress check --fix` can mend that."
        )
    return ""


def _propose_sign(text: str, notation: Notation) -> str:
    if text.rstrip().endswith("%") and not notation.percent:
        bare = text.rstrip().removesuffix("%").rstrip()
        if notation.read_number(bare) is not None or _GROUPED.fullmatch(bare):
            return "It seems to be a percentage with its sign: declare `percent-sign: allowed`."
    return ""


def _propose_thousands(text: str, notation: Notation) -> str:
    if not (grouped := _GROUPED.fullmatch(text)) or grouped["sign"] == notation.thousands:
        return ""
    name, sign = _NAMES[grouped["sign"]], grouped["sign"]
    if sign == "\u2019":
        return f"It seems to have {name} between thousands: write none in the source."
    written = f"'{sign}'" if sign != "'" else '"\'"'
    escaped = {"\u00a0": '"\\xA0"', "\u202f": '"\\u202F"'}.get(sign, written)
    return f"It seems to have {name} between thousands: declare `thousands: {escaped}`."


def _propose_decimal(text: str, notation: Notation) -> str:
    other = "," if notation.decimal == "." else "."
    if re.fullmatch(rf"-?[0-9]+{re.escape(other)}[0-9]+%?", text):
        return f"It seems to have {_NAMES[other]} before its decimals: declare `decimal: '{other}'`."
    return ""


def _propose_digits(text: str, notation: Notation) -> str:
    """Digits or a minus of another script."""
    plain = plain_form(text)
    if plain != text.strip() and notation.read_number(plain) is not None:
        return "It seems to be a number with characters that only look like those of the keyboard: write it again."
    return ""


def _propose_shape(text: str, _: Notation) -> str:
    found = next((what for shape, what in _SHAPES if shape.fullmatch(text)), "")
    return found and f"It seems to be {found}"


_FINDS: Final[tuple[Callable[[str, Notation], str], ...]] = (
    _propose_mark,
    _propose_sign,
    _propose_thousands,
    _propose_decimal,
    _propose_digits,
    _propose_shape,
)
