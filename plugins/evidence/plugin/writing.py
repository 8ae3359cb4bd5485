"""Writes the pages, and leaves those alone that stand from the last build and would be the same again."""

from __future__ import annotations

import locale
import os
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from blinker import Signal
from pelican import signals
from pelican.paginator import Paginator
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from evidence.digests import digest
from evidence.memory import code_key, key_of
from evidence.plugin.contents import Article, Page
from evidence.plugin.keys import DEEP, Unkeyed
from evidence.plugin.reads import Reads, TemplateReads
from evidence.plugin.run import Run, run_of

_PAGINATED = frozenset({"articles", "dates"})
_OF_FEEDS = (
    *(
        "SITENAME",
        "SITEURL",
        "SITESUBTITLE",
        "FEED_DOMAIN",
        "FEED_APPEND_REF",
        "FEED_MAX_ITEMS",
        "RSS_FEED_SUMMARY_ONLY",
    ),
    *("TIMEZONE", "CLINIC", "INTRASITE_LINK_REGEX", "RELATIVE_URLS"),
)
"""The settings that a feed is made with."""


class RememberingWriter(Writer):  # type: ignore[misc]
    """Writes as Pelican's writer does, and notes of each page what it was made from."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._run = run_of(settings)
        self._reads: dict[int, tuple[Any, TemplateReads]] = {}
        self._shared: tuple[object, dict[tuple[object, ...], bytes]] = None, {}
        self._base = _base(self._run, settings) if self._run.last and _is_ours_alone(settings) else b""

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: Mapping[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Write the page, or the pages of a list, if they do not stand already. The arguments are those of Pelican's writer."""
        if not name:
            return
        if paginated is None:
            paginated = {key: value for key, value in kwargs.items() if key in _PAGINATED}
        for one, given in self._pages(name, url, template_name, paginated, kwargs):
            key = self._key(one, template, context, relative_urls, given)
            path = sanitised_join(self.output_path, one)
            fresh = path not in self._written_files and path not in self._overridden_files
            if fresh and self._run.stands(one, key):
                self._written_files.add(path)
                if override_output:
                    self._overridden_files.add(path)
            else:
                self._render(path, one, template, context, relative_urls, given, override_output)
                if fresh:
                    self._run.made(one, key, Path(path))
            for shown in (given.get("article"), given.get("page")):
                if isinstance(shown, Article | Page):
                    shown.sheet.let_go()

    def write_feed(
        self,
        elements: Sequence[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Any:
        """Write a feed, if it does not stand already. The arguments are those of Pelican's writer; nothing is returned if it stands."""
        shown = list(elements[: self.settings["FEED_MAX_ITEMS"]])
        key = self._feed_key(shown, context, path, (url, feed_type, feed_title)) if path and shown else b""
        whole = sanitised_join(self.output_path, path) if path else ""
        if key and whole not in self._written_files and self._run.stands(str(path), key):
            self._written_files.add(whole)
            return None
        feed = super().write_feed(elements, context, path, url, feed_type, override_output, feed_title)
        if key:
            self._run.made(str(path), key, Path(whole))
        return feed

    def _feed_key(self, shown: list[Any], context: Mapping[str, Any], *about: object) -> bytes:
        """The key of a feed with these articles; empty if it cannot be told. A feed of none is dated by the day it is made."""
        if not self._base:
            return b""
        settings = {name: context.get(name) for name in _OF_FEEDS}
        try:
            return digest(
                self._base, "feed", repr(about), self._run.keys.of(settings), self._run.keys.of(shown, deep=True)
            )
        except Unkeyed:
            return b""

    def _pages(
        self,
        name: str,
        url: str | None,
        template_name: str | None,
        paginated: Mapping[str, Any],
        given: dict[str, Any],
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """The names of the pages, each with what its template is given."""
        if not paginated or template_name not in self.settings["PAGINATED_TEMPLATES"]:
            yield name, given
            return
        per_page = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
        lists = {key: Paginator(name, url, value, self.settings, per_page) for key, value in paginated.items()}
        for number in range(1, next(iter(lists.values())).num_pages + 1):
            more = dict(given)
            for key, one in lists.items():
                page = one.page(number)
                more |= {
                    f"{key}_paginator": one,
                    f"{key}_page": page,
                    f"{key}_previous_page": one.page(number - 1) if number > 1 else None,
                    f"{key}_next_page": one.page(number + 1) if number < one.num_pages else None,
                }
            yield page.save_as, more

    def _render(
        self,
        path: str,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative: bool,
        given: dict[str, Any],
        override: bool,
    ) -> None:
        local = context.copy()
        local["localsiteurl"] = local.get("localsiteurl")
        if relative:
            local["SITEURL"] = local["localsiteurl"] = path_to_url(get_relative_path(name))
        local["output_file"] = name
        local.update(given)
        if local["localsiteurl"]:
            context["localsiteurl"] = local["localsiteurl"]  # the addresses in articles are made relative to it
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with self._open_w(path, "utf-8", override=override) as file:
            file.writelines(template.generate(local))  # of a large site, some pages are tens of millions of letters
        signals.content_written.send(path, context=local)

    def _key(
        self, name: str, template: Any, context: dict[str, Any], relative: bool, given: Mapping[str, Any]
    ) -> bytes:
        """The key of all that the page is made from; empty if it cannot be told."""
        if not self._base:
            return b""
        reads = self._read(template)
        if reads is None:
            return b""
        try:
            deep = bool(DEEP & reads.words)
            parts: list[bytes | str] = [
                self._base,
                reads.key,
                str(template.name),
                name,
                f"{relative}",
                self._run.expectation(name),
            ]
            parts.append(self._around(reads, context, given, deep))
            for one in sorted(given.keys() & reads.names):
                parts += [one, self._run.keys.of(given[one], deep=deep)]
        except Unkeyed:
            return b""
        return digest(*parts)

    def _read(self, template: Any) -> Reads | None:
        environment = template.environment
        if id(environment) not in self._reads:
            self._reads[id(environment)] = environment, TemplateReads(environment, self._run.project.memory)
        return self._reads[id(environment)][1].of(template.name)

    def _around(self, reads: Reads, context: dict[str, Any], given: Mapping[str, Any], deep: bool) -> bytes:
        """The key of what the template reads of all that the pages share. It is the same for all pages of a kind."""
        if self._shared[0] is not context:
            self._shared = context, {}
        kind = (reads.key, *sorted(given))
        known = self._shared[1].get(kind)
        if known is None:
            names = sorted((reads.names - given.keys()) & context.keys())
            parts: list[bytes | str] = []
            for one in names:
                parts += [one, self._run.keys.of(context[one], deep=deep)]
            known = digest(*parts)
            self._shared[1][kind] = known
        return known


def _base(run: Run, settings: Mapping[str, Any]) -> bytes:
    """What every page depends on, beside what its template reads: this program, the ways of writing, and the rules of the look at it."""
    policy = run.project.policy
    options = sorted((name, repr(value)) for name, value in (settings.get("JINJA_ENVIRONMENT") or {}).items())
    booking = [meta.value for _, meta in sorted(run.project.clinic.items())]
    severities = sorted((code, str(one)) for code, one in policy.severities.items())
    place = locale.setlocale(locale.LC_ALL)
    words = sorted((lang, one.name, sorted(one.words.items())) for lang, one in run.project.tongues.items())
    return key_of(
        code_key(), options, words, place, booking, severities, str(policy.fail_on), len(run.project.own_rules)
    )


def _is_ours_alone(settings: Mapping[str, Any]) -> bool:
    """Whether nothing but this package and the theme has a say in what is written: code of others may do what it likes."""
    options = settings.get("JINJA_ENVIRONMENT") or {}
    others = (*(settings.get(f"JINJA_{name}") for name in ("FILTERS", "GLOBALS", "TESTS")), options.get("extensions"))
    if any(others) or settings.get("TYPOGRIFY") or settings["PLUGINS"] != ["evidence"]:
        return False
    if not all(isinstance(value, bool | str | int) for name, value in options.items() if name != "extensions"):
        return False
    sent = [one for one in vars(signals).values() if isinstance(one, Signal)]
    held = [receiver for one in sent for receiver in one.receivers.values()]
    listening = [one() if isinstance(one, weakref.ref) else one for one in held]
    return all(
        one is None or str(getattr(one, "__module__", "")).startswith(("evidence.", "pelican.")) for one in listening
    )


def remembering_writer(pelican: Any) -> type[RememberingWriter]:
    """The writer of a site that is being checked."""
    return RememberingWriter
