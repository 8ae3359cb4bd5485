"""An article or page as it was read, and the references it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.model.citing import Scan
from evidence.model.places import Place
from evidence.model.sources import Fault, Source


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a formatted reference: text, and the address it links to if any (http or https only)."""

    text: str
    href: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a page that cites a source: the marker's id and its number among that source's mentions."""

    id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One numbered line of a page's reference list."""

    number: int
    id: str
    key: str
    label: str
    segments: tuple[Segment, ...]
    mentions: tuple[Mention, ...] = ()
    source: Source | None = None


class BlockKind(StrEnum):
    """What a stretch of inline text is on the page."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    CELL = "cell"
    TERM = "term"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text that came in one piece from one line of the file."""

    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of inline Markdown: a paragraph, a list item's own text, a heading, a table cell …

    `text` is inline Markdown as the author wrote it, without the block's own marks. `spans` map it to the file.
    `ancestors` names the enclosing structures from the outside in (`ul`, `li`, `blockquote`, `table`, `footnote`),
    `group` is the same number for all cells of a table row and for all items of a list; 0 is no group.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    ancestors: tuple[str, ...] = ()
    scan: Scan = Scan(())
    group: int = 0


@dataclass(frozen=True, slots=True)
class Meta:
    """One value of the front matter and where it stands."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Exemption:
    """`<!-- allow CODE: reason -->`, for the block with this index.

    `offset` is where it stands in that block's text, or None if it stands alone before the block.
    """

    code: str
    reason: str
    place: Place
    block: int
    offset: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file, read. `kind` is `article`, `page` or `loose` (a file outside the content folders).

    `text` is the whole file, `body` what follows the front matter. `hidden` are places of prose that stands in raw
    HTML, with its first words. `beside` is what readers see that is no prose, with its only ancestor: `hover` (what pointing at
    an abbreviation, or at a link by its label, shows) or `code`. `faults` are what made the file unreadable, wholly or in part.
    `unshown` are citations that no reader would see: place, text and first key.
    """

    path: str
    text: str
    kind: str
    meta: Mapping[str, Meta]
    body: str
    blocks: tuple[Block, ...]
    exemptions: tuple[Exemption, ...] = ()
    hidden: tuple[tuple[Place, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    nocite: tuple[tuple[str, Place], ...] = ()
    beside: tuple[Block, ...] = ()
    unshown: tuple[tuple[Place, str, str], ...] = ()

    @property
    def draft(self) -> bool:
        """Drafts are reported but never stop a build, since they are not published."""
        status = self.meta.get("status")
        return status is not None and status.value.strip().lower() == "draft"
