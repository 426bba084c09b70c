"""The publishing half, read aloud: read, shape, check, protect, describe, write."""
