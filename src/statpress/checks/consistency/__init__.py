"""Consistency: whether true figures agree with one another. Runs before protection, and never shows a figure."""
