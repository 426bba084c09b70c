"""`python -m statpress.audit.checker CERTIFICATE...` reads certificates and says of each what its check came to.

A checksum (`sha256:...`) or a package (`.../datapackage.json`) among them must be that of one of the certificates.
It ends with 0 when all is right and nothing can be worked out, with 1 otherwise.
"""

import hashlib
import json
import sys
from collections.abc import Collection
from pathlib import Path

from statpress.audit.checker.check import judge

DESCRIPTOR = "datapackage.json"
CHECKSUM = "sha256:"


def main(words: list[str]) -> int:
    """Say a line for each word. Returns 1 unless there is a certificate, and all is right."""
    paths = [word for word in words if not _is_claim(word)]
    found = {path: _check(path) for path in paths}
    sums = {checksum for _, _, checksum in found.values()}
    told = {path: (is_right, words) for path, (is_right, words, _) in found.items()}
    told |= {word: _compare(word, sums) for word in words if _is_claim(word)}
    sys.stdout.writelines(f"{word}: {told[word][1]}\n" for word in words)
    return 0 if paths and all(is_right for is_right, _ in told.values()) else 1


def _is_claim(word: str) -> bool:
    return word.startswith(CHECKSUM) or Path(word).name == DESCRIPTOR


def _check(path: str) -> tuple[bool, str, str]:
    """Whether a file is a certificate that is right, that in words, and its checksum.

    What else it may be ends in no traceback.
    """
    try:
        data = Path(path).read_bytes()
        content = json.loads(data)
        faults = judge(content)
        words = "; ".join(faults) or f"{len(content['safe'])} proved safe"
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        return False, f"no certificate that can be read ({type(fault).__name__})", ""
    return not faults, words, CHECKSUM + hashlib.sha256(data).hexdigest()


def _compare(word: str, sums: Collection[str]) -> tuple[bool, str]:
    """Whether a checksum, or that of a package, is one of those of the certificates, and that in words."""
    try:
        claim = word if word.startswith(CHECKSUM) else _claim_of(word)
    except (OSError, ValueError, LookupError, TypeError) as fault:
        return False, f"no package with the checksum of a certificate ({type(fault).__name__})"
    return claim in sums, "its certificate is here" if claim in sums else "none of the certificates here is its own"


def _claim_of(path: str) -> str:
    content = json.loads(Path(path).read_bytes())
    return str(content["statpress"]["disclosure"]["proof"]["certificate"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
