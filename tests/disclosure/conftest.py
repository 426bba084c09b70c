"""Small tables drawn as text are for every test of protection."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
