"""What changed since the last release, from what is published and what would be: true figures never get here."""
