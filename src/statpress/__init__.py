"""statpress: from source tables to safe data packages to a published site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from statpress.alone.frame import protect_table as protect_table

__all__ = ["protect_table"]


def __getattr__(name: str) -> Any:
    """`protect_table`, imported when it is first asked for, so that importing statpress is instant."""
    if name != "protect_table":
        raise AttributeError(f"module 'statpress' has no attribute {name!r}")
    from statpress.alone.frame import protect_table

    return protect_table
