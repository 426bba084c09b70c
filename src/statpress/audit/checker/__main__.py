"""`python -m statpress.audit.checker CERTIFICATE...` reads certificates and says of each what its check came to.

It ends with 0 when all is right and nothing can be worked out, with 1 otherwise.
"""

import json
import sys
from pathlib import Path

from statpress.audit.checker.check import judge


def main(paths: list[str]) -> int:
    """Say a line for each certificate. Returns 1 unless there is one, and all prove that nothing can be worked out."""
    found = [_check(path) for path in paths]
    sys.stdout.writelines(f"{path}: {told}\n" for path, (_, told) in zip(paths, found, strict=True))
    return 0 if found and all(is_right for is_right, _ in found) else 1


def _check(path: str) -> tuple[bool, str]:
    """Whether a file is a certificate that is right, and that in words. What else it may be ends in no traceback."""
    try:
        content = json.loads(Path(path).read_bytes())
        faults = judge(content)
        return not faults, "; ".join(faults) or f"{len(content['safe'])} proved safe"
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        return False, f"no certificate that can be read ({type(fault).__name__})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
