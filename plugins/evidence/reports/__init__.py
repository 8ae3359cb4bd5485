"""One report value, one file per format. Formats arrange; they decide nothing. All that there are stand in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from evidence.model import Report


def _by(module: str, name: str = "render") -> Callable[[Report], str]:
    """A format, whose module is read when it is first used: a run writes one or two of them."""

    def render(report: Report) -> str:
        made: str = getattr(import_module(f"evidence.reports.{module}"), name)(report)
        return made

    return render


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": _by("text"),
    "json": _by("json"),
    "sarif": _by("sarif"),
    "junit": _by("junit"),
    "github": _by("github"),
    "rdjson": _by("rdjson"),
    "gitlab": _by("gitlab"),
    "markdown": _by("markdown"),
    "summary": _by("markdown", "render_summary"),
    "csv": _by("csv"),
    "html": _by("html"),
}
