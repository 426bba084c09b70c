"""The Welsh of what prose may not have of its own: numbers in words, comparisons; and what is free, such as dates."""

from __future__ import annotations

import re
from typing import Final

from statpress.language.speak import spoken

_MONTH: Final = "(Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr)"
_YEAR: Final = r"(19|20)\d\d"
_FREE: Final = re.compile(
    rf"\b\d{{1,2}} {_MONTH}( {_YEAR})?\b|\b{_MONTH} {_YEAR}\b"
    rf"|\b(?i:yn|ym|ers|hyd|o|i|a|ac|neu|rhwng|cyn|ar ôl|yn ystod) {_YEAR}\b(?![,.]?\d|/)"
    r"|\b[Ff]esul 1(00|,000|0,000|00,000)\b(?![,.]?\d)"
    r"|\b[Aa]dran(nau)? \d+(\.\d+)*( (i|a|ac) \d+(\.\d+)*)?"
    r"|\b\d{1,2}( (i|a|ac|neu) \d{1,2})? (mlwydd )?oed\b"
    r"|\b[Bb]lwyddyn \d{1,2}( (i|a|ac|neu) \d{1,2})?\b(?![,.]?\d|%)"
)
_SPELT: Final = (
    "dau ddau dwy ddwy tri thri dri tair dair pedwar bedwar phedwar pedair bedair phedair pump bump phump pum bum phum "
    "chwech chwe saith wyth naw deg ddeg ugain hugain trigain cant gant chant cannoedd mil fil miloedd filoedd miliwn "
    "filiwn hanner dwbl ddwbl dwywaith ddwywaith teirgwaith deirgwaith traean draean chwarter deuddeg pymtheg deunaw"
)
_NUMBER: Final = re.compile(
    rf"\b({'|'.join(_SPELT.split())})\b"
    r"|\bun (plentyn|bachgen|ferch|person|teulu|disgybl|baban|oedolyn|achos|farwolaeth)\b",
    re.IGNORECASE,
)
_COMPARISON: Final = re.compile(
    r"\b(cododd|codi|gostyngodd|gostwng|cynyddodd|cynyddu|cwympodd|dyblodd|dyblu|uchaf|isaf|mwyafrif|"
    r"(mwy|llai|uwch|is) (na|nag|nac)|y rhan fwyaf)\b",
    re.IGNORECASE,
)
Pattern = re.Pattern[str]


def free_patterns(english: Pattern) -> tuple[Pattern, ...]:
    """What has numbers that are no figures, such as dates and ages, in the language of the site."""
    return (english, _FREE) if spoken().code == "cy" else (english,)


def number_patterns(english: Pattern) -> tuple[Pattern, ...]:
    """Numbers in words."""
    return (english, _NUMBER) if spoken().code == "cy" else (english,)


def comparison_patterns(english: Pattern) -> tuple[Pattern, ...]:
    """Words that compare figures."""
    return (english, _COMPARISON) if spoken().code == "cy" else (english,)
