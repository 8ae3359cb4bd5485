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

        watch_over_pelican(_settings_file())


def _settings_file() -> dict[str, Any]:
    """The names of the settings file that Pelican is running: the outermost module on the way from Pelican to `guard()`."""
    frame, names = sys._getframe(1), dict[str, Any]()
    while frame.f_back is not None and frame.f_globals.get("__name__") != "pelican.settings":
        frame = frame.f_back
        if frame.f_code.co_name == "<module>":
            names = frame.f_globals
    return names if frame.f_globals.get("__name__") == "pelican.settings" else {}


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    from evidence.plugin import register as register_plugin

    register_plugin()


def __getattr__(name: str) -> Any:
    if name == "GuardedPelican":
        from evidence.plugin import GuardedPelican

        return GuardedPelican
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
