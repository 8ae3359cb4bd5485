"""Health content whose claims are cited, and a build that refuses to publish otherwise.

Pelican finds here what its settings name: the plugin (`PLUGINS = ["evidence"]`) and the guarded builder
(`PELICAN_CLASS = "evidence.GuardedPelican"`). Both are imported only when asked for, so that the command line starts
without Pelican.
"""

from __future__ import annotations

import sys
from typing import Any

__version__ = "0.1.0"


def guard() -> None:
    """Called by the settings of a site: Pelican must not build it unchecked, whatever else it was told to use."""
    if "pelican" in sys.modules:
        from evidence.plugin import watch_over_pelican

        watch_over_pelican()


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    from evidence.plugin import register as register_plugin

    register_plugin()


def __getattr__(name: str) -> Any:
    if name == "GuardedPelican":
        from evidence.plugin import GuardedPelican

        return GuardedPelican
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
