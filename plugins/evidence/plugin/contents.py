"""Articles and pages as Pelican knows them, whose text is made when somebody asks for it: most of them stand already."""

from __future__ import annotations

from typing import Any

from pelican import contents

from evidence.model import Reference
from evidence.plugin.keys import Unkeyed
from evidence.plugin.sheets import Sheet
from evidence.plugin.texts import may_link
from evidence.showing import Told

_ATTACHED = ("{attach}", "|attach|")


class _Checked(contents.Content):  # type: ignore[misc]
    """What both have in common. Pelican's own text of it (`_content`) holds only the links that Pelican must resolve."""

    _sheet: Sheet
    _settled: dict[str, Any] | None = None

    def dress(self, sheet: Sheet) -> None:
        """From now on it shows what is on the sheet."""
        self._sheet = sheet

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    def settle(self) -> None:
        """From now on it stays where it is: its address need not be worked out each time somebody asks."""
        self._settled = {}

    def get_url_setting(self, key: str) -> str:
        """The address, or the file, by Pelican's settings."""
        if self._settled is None:
            return str(super().get_url_setting(key))
        if key not in self._settled:
            self._settled[key] = str(super().get_url_setting(key))
        return str(self._settled[key])

    def get_content(self, siteurl: str) -> str:
        """The HTML, with addresses that hold on a page from which `siteurl` leads to the site."""
        html = self._sheet.html
        if not may_link(html, self.settings["INTRASITE_LINK_REGEX"]):
            return html
        return str(self._update_content(html, siteurl))

    @property
    def whole_text(self) -> str:
        """The HTML before any address is resolved."""
        return self._sheet.html

    @property
    def references(self) -> tuple[Reference, ...]:
        return self._sheet.references

    @property
    def findings(self) -> dict[str, tuple[Told, ...]]:
        return self._sheet.findings

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        return self._sheet.headings

    @property
    def source_pages(self) -> dict[str, str]:
        return self._sheet.source_pages

    @property
    def jsonld(self) -> str:
        return self._sheet.jsonld

    def text_key(self) -> bytes:
        """The key of all of the above. Raises Unkeyed where Pelican moves a file to the first page that asks for it."""
        links = str(self._content)
        if any(mark in links for mark in _ATTACHED):
            raise Unkeyed("the place of an attached file depends on who asks first")
        return self._sheet.key(str(self._update_content(links, "")) if links else "")


class Article(_Checked, contents.Article):  # type: ignore[misc]
    """An article that was checked."""


class Page(_Checked, contents.Page):  # type: ignore[misc]
    """A page that was checked."""
