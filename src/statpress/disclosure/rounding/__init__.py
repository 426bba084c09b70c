"""Rounding: an alternative to withholding, or a companion of it."""
