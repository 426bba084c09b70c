"""Which items to withhold, so that nothing withheld for itself can be worked out: quick, good or exact."""

from statpress.disclosure.optimise.find import EFFORTS, Effort, find_pattern

__all__ = ["EFFORTS", "Effort", "find_pattern"]
