"""The Pelican adapter: check first, render what was checked, publish all of it or nothing.

Pelican goes on when an article cannot be read, a plugin is missing or an error is logged. `GuardedPelican` (setting
`PELICAN_CLASS`) closes those doors: it checks the content from the source files before Pelican reads anything, hands
Pelican the very texts that were checked, compares what Pelican took with what there was, builds beside the output
folder, and only then takes its place.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pelican import Pelican, signals

from evidence.collecting import seldom
from evidence.console import tell, visible
from evidence.errors import BuildBlocked, EvidenceError, SettingsError
from evidence.last_build import LastBuild, spare_of
from evidence.model import Severity
from evidence.offers import check_in_force
from evidence.plugin.cards import cards_generator
from evidence.plugin.evidence_pages import evidence_generator
from evidence.plugin.pages import dress_pages, plain_feed
from evidence.plugin.reading import only_checked, use_reader
from evidence.plugin.run import Run, is_public, run_of, run_on
from evidence.plugin.site_files import files_generator
from evidence.plugin.watch import (
    Watch,
    check_settings_file,
    in_one_line,
    remember_settings,
    speak_plainly,
    with_setting,
)
from evidence.plugin.writing import remembering_writer
from evidence.progress import progress
from evidence.project import (
    Project,
    built_problems,
    check_project,
    content_files,
    project_from,
    read_documents,
    theme_files,
)
from evidence.publishing import beside_staging, check_output, put_in_place, remove, staging_folder
from evidence.reports import text

NAME = "evidence"


class GuardedPelican(Pelican):  # type: ignore[misc]
    """Pelican that publishes all of a checked site, or nothing. Raises EvidenceErrors, which carry exit codes."""

    def __init__(self, settings: dict[str, Any]) -> None:
        speak_plainly()
        check_settings_file()
        self._wanted = list(settings.get("PLUGINS") or ())
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Load the plugins; one that cannot be loaded ends the run."""
        with Watch() as watch:
            super().init_plugins()
        if watch.messages:
            raise SettingsError(f"{watch.messages[0]} (setting PLUGINS)")
        if NAME not in self.settings["PLUGINS"]:
            near = get_close_matches(NAME, [str(name) for name in self._wanted], 1)
            hint = f', which has "{near[0]}"' if near else ""
            raise SettingsError(f'the plugin "{NAME}" is not in the setting PLUGINS{hint}; nothing would be checked')

    def run(self) -> None:
        """Check, build beside, and put in place. Raises EvidenceError, whatever went wrong."""
        try:
            with seldom():
                self._run()
        except KeyboardInterrupt:
            raise SystemExit(130) from None

    def _run(self) -> None:
        project = project_from(self.settings, Path(self.path).parent)
        if is_public(self.settings):
            check_in_force(project.offers, datetime.now(UTC).date())
            tell(_unreachable(self.settings.get("CLINIC", {})))
        theme = theme_files(project)
        run = self._check(project)
        output = Path(self.output_path).resolve()
        check_output(output, [project.root, Path(self.path), Path(self.theme)])
        staging = staging_folder(output, spare_of(project.root, output) if project.memory else None)
        if project.memory:
            run.last = LastBuild(project.memory, project.root, output, beside_staging(staging))
        run.enter(self.settings)
        self.settings["LOAD_CONTENT_CACHE"] = self.settings["CACHE_CONTENT"] = False
        try:
            self._build(staging, run)
            self._check_built(staging, run)
            _check_unchanged(theme, theme_files(project))
            self._publish(staging, output, run.last)
        finally:
            self._aim(output)
            remove(staging)
            if run.last is not None:
                run.last.forget()

    def _publish(self, staging: Path, output: Path, last: LastBuild | None) -> None:
        if not (last is not None and "index.html" in last.standing) and not (staging / "index.html").is_file():
            raise EvidenceError(
                "the site would have no index.html, so nothing is published; "
                "change the setting DIRECT_TEMPLATES, INDEX_SAVE_AS or PAGINATION_PATTERNS"
            )
        keep = (".git", *self.settings["OUTPUT_RETENTION"])
        if last is None:
            put_in_place(staging, output, keep)
            return
        try:
            whole = last.joined(staging)
        except OSError as error:
            raise EvidenceError(f"the build met an error, so nothing is published: {error}") from error
        put_in_place(whole, output, keep, last.spare)
        last.remember()

    def _check(self, project: Project) -> Run:
        report = check_project(project, read_documents(project, content_files(project)))
        tell(text.render(report, colour=text.wants_colour(sys.stderr)))
        if report.failed:
            raise BuildBlocked("the content has problems (listed above); the site stays as it was")
        return run_on(project, report)

    def _build(self, staging: Path, run: Run) -> None:
        self._aim(staging)
        with Watch() as watch, progress("Building", run.pages) as run.tell:
            try:
                super().run()
            except (Exception, SystemExit) as error:
                told = (*run.failures, *watch.messages, in_one_line(error))
                raise EvidenceError(
                    f"the build met an error, so nothing is published: {with_setting(told[0])}"
                ) from error
        if run.failures or watch.messages:
            first = (*run.failures, *watch.messages)[0]
            raise EvidenceError(f"the build met an error, so nothing is published: {with_setting(first)}")

    def _check_built(self, staging: Path, run: Run) -> None:
        """Raises BuildBlocked if a page, as it was written, breaks what holds for advertisements."""
        problems = built_problems(run.project, run.built(staging))
        for one in problems:
            place = f"{one.place.path}:{one.place.line}:{one.place.column}"
            tell(f"{visible(f'{place} {one.code} {one.message}; {one.fix}')}\n")
            if run.last is not None:
                run.last.doubt(one.place.path)
        if any(one.severity is Severity.ERROR for one in problems):
            raise BuildBlocked("the pages as built have problems (listed above); the site stays as it was")

    def _aim(self, output: Path) -> None:
        self.output_path = self.settings["OUTPUT_PATH"] = str(output)


def _check_unchanged(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Raises EvidenceError if a template is not the one that was checked. Pages, notes and sources are shown from the texts that were
    checked, but Pelican reads templates when it needs them."""
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            raise EvidenceError(f"{path}: was changed while the site was built, so nothing is published; build again")


def require_guard(pelican: Pelican) -> None:
    """Raises SettingsError if the site would be built without the check."""
    if not isinstance(pelican, GuardedPelican):
        raise SettingsError(
            'the setting PELICAN_CLASS must be "evidence.GuardedPelican", or nothing would be checked'
        )


def watch_over_pelican(names: Mapping[str, Any]) -> None:
    """Also where neither the plugin nor the guarded builder is used any more: called by the settings themselves, whose names
    are given."""
    remember_settings(names)
    _watch()


def _watch() -> None:
    speak_plainly()
    signals.initialized.connect(require_guard)


def tell_of_page(generator: Any, content: Any) -> None:
    """Called by Pelican before it writes an article or a page."""
    run_of(generator.settings).tell()


def register() -> None:
    """Called by Pelican."""
    _watch()
    signals.readers_init.connect(use_reader)
    signals.generator_init.connect(only_checked)
    signals.get_generators.connect(evidence_generator)
    signals.get_generators.connect(files_generator)
    signals.get_generators.connect(cards_generator)
    signals.all_generators_finalized.connect(dress_pages)
    signals.get_writer.connect(remembering_writer)
    signals.article_generator_write_article.connect(tell_of_page)
    signals.page_generator_write_page.connect(tell_of_page)
    signals.feed_generated.connect(plain_feed)


def _unreachable(clinic: Mapping[str, Any]) -> str:
    """A line for who publishes a site whose readers could report an error to nobody; empty if they can."""
    if clinic.get("report_url"):
        return ""
    return (
        "CLINIC['report_url'] is empty: readers of the public site have nobody to report an error to; "
        "give an address with REPORT_URL=https://… or REPORT_URL=mailto:…\n"
    )
