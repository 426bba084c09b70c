"""Files of every format that a reader can take away: bytes from plain facts, the same bytes from the same facts."""
