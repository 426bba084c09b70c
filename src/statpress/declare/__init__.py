"""Declarations: YAML to frozen models, all faults at once, each with file, line and key."""
