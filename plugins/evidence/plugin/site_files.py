"""Files for programs and feed readers, written into the site that is being built: `/claims.json`, the corrections' feed,
the words of the search; and the pages that list what there is: the glossary, and everything from A to Z.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pelican.contents import Article, Content, Page
from pelican.generators import Generator

from evidence.corrections import SLUG, Correction, corrections
from evidence.markup import without_anchors
from evidence.memory import code_key
from evidence.plugin.run import Run, run_of
from evidence.plugin.sheets import Read
from evidence.showing import PublishedPage, Shelf
from evidence.showing.files import all_claims
from evidence.showing.search import Entry, entries, from_a_to_z, index, words_of

_TEMPLATE = "corrections_feed"
_WORDS = "WORDS_OF_PAGES"


def corrections_of(contents: list[Any]) -> tuple[Correction, ...]:
    """The corrections on the site's page about them; none if there is no such page."""
    pages = [one for one in contents if isinstance(one, Page) and one.slug == SLUG and one.status == "published"]
    found = (corrections(one.whole_text, one.sheet.document.path) for one in pages)
    return tuple(replace(one, html=without_anchors(one.html)) for entries in found for one in entries)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what is new on the site: `kind` is `new`, `changed` or `correction`; `day` as in 2026-11-30."""

    kind: str
    day: str
    title: str
    url: str
    lang: str = ""


def changes_of(contents: list[Content], corrected: Iterable[Correction]) -> tuple[Change, ...]:
    """What is new on the site, newest first: articles as they came and changed, and corrections."""
    found = [Change("correction", one.day, one.title, f"{SLUG}/#{one.id}") for one in corrected]
    for content in contents:
        if isinstance(content, Article) and content.status == "published":
            kind, moment = ("changed", content.modified) if hasattr(content, "modified") else ("new", content.date)
            found.append(Change(kind, moment.date().isoformat(), content.title, str(content.url), content.lang))
    return tuple(sorted(sorted(found, key=lambda one: one.url), key=lambda one: one.day, reverse=True))


def list_from_a_to_z(context: dict[str, Any], contents: list[Any], run: Run) -> None:
    """Give the theme the glossary and all entries of the search, if it has pages for them."""
    context["GLOSSARY"] = run.glossary
    listed = [one for one in contents if getattr(one, "status", "") == "published"]
    searched = "search" in run.project.templates
    context["ENTRIES"] = entries(map(_entry, listed), context["SHELF"], run.glossary) if searched else ()
    context["LETTERS"] = from_a_to_z(context["ENTRIES"])
    context[_WORDS] = {str(one.url): (one.description, one.sheet.read) for one in listed}


def _entry(content: Any) -> Entry:
    document = content.sheet.document
    lang = content.lang if content.lang != content.settings["DEFAULT_LANG"] else ""
    title = document.meta["title"].value if "title" in document.meta else ""
    return Entry(document.kind, title, str(content.url), content.description, lang)


def _words(description: str, read: Read) -> str:
    return f"{words_of(description)} {read.words}"


class SiteFiles(Generator):  # type: ignore[misc]
    """Pelican writes with it after all pages were dressed."""

    def generate_context(self) -> None:
        """Everything is in the context already when files are written."""

    def generate_output(self, writer: Any) -> None:
        """Write the files. A theme without a template for the feed gets none."""
        run = run_of(self.settings)
        site = str(self.settings.get("ABSOLUTE_SITEURL") or self.settings.get("SITEURL", "")).rstrip("/")
        pages, shown = self.context["PUBLISHED"], self.context["SHELF"]
        claims = partial(all_claims, run.verdicts.claims, run.library, pages, shown, site)
        run.write(self.output_path, "claims.json", claims, self._claims_key(run, pages, shown, site))
        for name, shown in (("glossary", self.context["GLOSSARY"]), ("search", self.context["LETTERS"])):
            if shown:
                relative = self.settings["RELATIVE_URLS"]
                writer.write_file(f"{name}/index.html", self.get_template(name), self.context, relative)
        if self.context["LETTERS"]:
            words = self.context[_WORDS]
            run.write(self.output_path, "search.json", partial(self._words, words), self._words_key(words))
        if _TEMPLATE in run.project.templates and any(page.slug == SLUG for page in self.context["pages"]):
            name = "feeds/corrections.atom.xml"
            writer.write_file(name, self.get_template(_TEMPLATE), self.context, False, updated=self._updated())

    def _words(self, words: Mapping[str, tuple[str, Read]]) -> Iterator[str]:
        return index(self.context["ENTRIES"], {url: partial(_words, *each) for url, each in words.items()})

    def _words_key(self, words: Mapping[str, tuple[str, Read]]) -> Iterator[bytes | str]:
        yield code_key()
        yield repr([(one.url, one.words) for one in self.context["ENTRIES"]])
        for url, (description, read) in words.items():
            yield from (url, description, read.words)

    @staticmethod
    def _claims_key(
        run: Run, pages: Mapping[str, PublishedPage], shown: Shelf | None, site: str
    ) -> Iterator[bytes | str]:
        yield code_key()
        yield site
        if run.last is not None:
            yield from (run.source_keys[key] for key in sorted(run.source_keys))
            yield repr([(path, page.url) for path, page in pages.items()])
            for one in run.verdicts.claims():
                yield f"{one.id} {one.kind} {one.status} {len(one.sentence)}:{one.sentence} {one.place.path}"
            yield shown.template_key() if shown else b""

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
