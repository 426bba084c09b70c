"""The scripts of a site in its language: each message in them takes its words when the site is made.

In a script, `say("...")` is a message, and `countOf(number, "one", "many")` one with plural forms, of which the browser
chooses (ECMA-402, `Intl.PluralRules`). So no catalogue travels to readers.
"""

from __future__ import annotations

import json
import re
from typing import Final

from statpress.language.speak import spoken

_TEXT: Final = r'"(?:[^"\\\n]|\\.)*"'
_MESSAGE: Final = re.compile(rf"\bsay\(({_TEXT})")
_COUNTED: Final = re.compile(rf"\bcountOf\(([^,()]+),\s*({_TEXT}),\s*({_TEXT})")


def speak_script(script: str) -> str:
    """The script with its messages in the language that is spoken."""
    script = _MESSAGE.sub(lambda found: f"say({_write(spoken().say(json.loads(found[1])))}", script)
    return _COUNTED.sub(_count, script)


def _count(found: re.Match[str]) -> str:
    forms = spoken().plural_forms(json.loads(found[2]), json.loads(found[3]))
    return f"countOf({found[1]}, [{', '.join(_write(form) for form in forms)}]"


def _write(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")
