"""Which scripts a page may run: those of its own site, and those that stand in the page, each by its checksum.

After Content Security Policy Level 3 (W3C), section 6.7: a script that was slipped into a page does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ANY: Final = "script-src 'self' 'unsafe-inline'"


def allow_scripts(page: str) -> str:
    """The page with the checksums of its scripts in its policy, in place of leave for all of them."""
    if _ANY not in page:
        return page
    sums = sorted({_checksum(script) for script in _INLINE.findall(page)})
    return page.replace(_ANY, " ".join(["script-src 'self'", *sums]), 1)


def _checksum(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
