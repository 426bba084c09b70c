"""The story of one table alone: read it with its hierarchies, fill in its totals, protect, attack, write."""
