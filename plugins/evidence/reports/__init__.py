"""One report value, one file per format. Formats arrange; they decide nothing. All that there are stand in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable

from evidence.model import Report
from evidence.reports import csv, github, gitlab, json, junit, markdown, rdjson, sarif, text


def _page(report: Report) -> str:
    from evidence.reports import html  # Jinja takes long to start

    return html.render(report)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
    "rdjson": rdjson.render,
    "gitlab": gitlab.render,
    "markdown": markdown.render,
    "summary": markdown.render_summary,
    "csv": csv.render,
    "html": _page,
}
