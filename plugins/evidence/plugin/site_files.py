"""Files for programs and feed readers, written into the site that is being built: `/claims.json`, the corrections' feed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican.contents import Content, Page
from pelican.generators import Generator

from evidence.corrections import SLUG, Correction, corrections
from evidence.markup import without_anchors
from evidence.plugin.run import Run, run_of
from evidence.showing.files import all_claims

_TEMPLATE = "corrections_feed"


def corrections_of(contents: list[Content], run: Run) -> tuple[Correction, ...]:
    """The corrections on the site's page about them; none if there is no such page."""
    pages = [one for one in contents if isinstance(one, Page) and one.slug == SLUG and one.status == "published"]
    found = (corrections(str(one._content), run.document(one.source_path).path) for one in pages)
    return tuple(replace(one, html=without_anchors(one.html)) for entries in found for one in entries)


class SiteFiles(Generator):  # type: ignore[misc]
    """Pelican writes with it after all pages were dressed."""

    def generate_context(self) -> None:
        """Everything is in the context already when files are written."""

    def generate_output(self, writer: Any) -> None:
        """Write the files. A theme without a template for the feed gets none."""
        run = run_of(self.settings)
        site = str(self.settings.get("ABSOLUTE_SITEURL") or self.settings.get("SITEURL", "")).rstrip("/")
        claims = all_claims(run.report, self.context["PUBLISHED"], self.context["SHELF"], site)
        (Path(self.output_path) / "claims.json").write_text(claims, encoding="utf-8", newline="")
        if _TEMPLATE in run.project.templates and any(page.slug == SLUG for page in self.context["pages"]):
            name = "feeds/corrections.atom.xml"
            writer.write_file(name, self.get_template(_TEMPLATE), self.context, False, updated=self._updated())

    def _updated(self) -> str:
        """The day of the newest correction, or of the newest article while there is none; never that of the build."""
        days = [one.day for one in self.context["CORRECTIONS"]]
        days = days or [
            (one.modified if hasattr(one, "modified") else one.date).date().isoformat()
            for one in self.context["articles"]
        ]
        return max(days, default="1970-01-01")


def files_generator(pelican: Any) -> type[SiteFiles] | None:
    """The generator, for a site that is being checked."""
    return SiteFiles if run_of(pelican.settings) else None
