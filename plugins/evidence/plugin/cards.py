"""Gives each page its card (see `evidence.cards`), and writes the cards into the site that is being built, as `/cards/<name>.png`.

A card that was drawn before is not drawn again, as long as neither its words nor this package have changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from pelican.contents import Content
from pelican.generators import Generator

from evidence.cards import card, card_name
from evidence.memory import Memory, code_key, key_of
from evidence.plugin.run import Run, run_of

_CARDS, _OF_SITE = "CARDS", "SITE_CARD"


def deal_cards(context: dict[str, Any], contents: Iterable[Content], run: Run, settings: Any) -> None:
    """Give each published page the name of its card, and the theme one for all other pages: empty where none can be drawn."""
    site = str(settings.get("SITENAME", ""))
    line = str(settings.get("CLINIC", {}).get("interest", ""))
    drawn: dict[str, bytes] = {}
    memory = run.project.memory
    context[_CARDS] = drawn
    context[_OF_SITE] = _card(drawn, memory, str(settings.get("SITE_DESCRIPTION") or site), site, line)
    for content in contents:
        if getattr(content, "status", "") == "published":
            document = run.document(str(content.source_path))
            title = document.meta["title"].value if "title" in document.meta else ""
            content.card = _card(drawn, memory, title, site, line)


def _card(drawn: dict[str, bytes], memory: Memory, *words: str) -> str:
    name = card_name(*words)
    key = key_of(code_key(), name) if memory else b""
    data = drawn.get(name) or memory.recall("card", name, key)
    if data is None:
        data = card(*words)
        memory.keep("card", name, key, data or b"")
    if not data:
        return ""
    drawn[name] = data
    return name


class CardsGenerator(Generator):  # type: ignore[misc]
    """Pelican writes with it after all pages were dressed."""

    def generate_context(self) -> None:
        """Everything is in the context already when files are written."""

    def generate_output(self, writer: Any) -> None:
        """Write the cards."""
        run = run_of(self.settings)
        for name, data in self.context[_CARDS].items():
            run.write(self.output_path, f"cards/{name}", partial(list, (data,)), (code_key(),))


def cards_generator(pelican: Any) -> type[CardsGenerator] | None:
    """The generator, for a site that is being checked."""
    return CardsGenerator if run_of(pelican.settings) else None
