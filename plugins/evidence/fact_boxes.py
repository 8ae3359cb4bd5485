"""Tables, fact boxes and evidence labels as readers get them: which cells are heads, what belongs together, how sure it is.

Words only; the theme's style sheet does the rest. The pips beside a certainty repeat it for the eye and are silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from evidence.errors import EvidenceError
from evidence.facts import BOX, LABEL, SURE, UNRATED, Fault, label_of

_PLACEHOLDER = re.compile("\\s*\u0002wzxhzdk:(\\d+)\u0003\\s*")
_TABLE = re.compile(r"\s*(?:Table|Tabla)\b[^.:]{0,12}[.:]", re.IGNORECASE)
_FITTING = 3
"""So many columns fit beside each other; on a narrow screen each row stands by itself."""
_HEADING = re.compile(r"h[1-6]")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "What happens": "Qué ocurre", "How sure": "Certeza", "certainty": "", "Why": "Por qué", "rated by": "valorado por",
        "No reliable numbers": "No hay cifras fiables", "helps": "ayuda", "little or no difference": "poca o ninguna diferencia",
        "harms": "perjudica", "not known": "no se sabe", "high": "alta", "moderate": "moderada", "low": "baja", "very low": "muy baja",
        "Not rated": "La certeza de estas cifras no está valorada: no hemos tomado ninguna valoración de una fuente, y nadie aquí la ha hecho.",
    },
    "en": {"Not rated": "How sure these numbers are is not rated: we took over no rating from a source, and nobody here has made one."},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """The language of a page; whether it is a draft; what readers are told of a source, by its key; and the keys of the sources cited
    in a text whose citations were taken out."""

    lang: str
    draft: bool
    shown: Callable[[str], str]
    cited: Callable[[str], Sequence[str]]


class FactBoxes(Treeprocessor):
    """Marks the heads of tables, and makes boxes and labels. `telling` is asked at each page. Raises EvidenceError for a box or a label
    that cannot be made; in a draft it is left out, since the check has warned of it and nobody but its writers reads it."""

    def __init__(self, md: Markdown, telling: Callable[[], Telling]) -> None:
        super().__init__(md)
        self._telling = telling

    def run(self, root: Element) -> None:
        now = self._telling()
        self._lang, self._shown, self._cited = now.lang.split("-")[0], now.shown, now.cited
        for table in root.iter("table"):
            _name_heads(table)
            _name_cells(table)
        for mark, kind, words in list(_marks(root, self.md.htmlStash.rawHtmlBlocks)):
            try:
                if kind == "box":
                    self._box(root, mark, bool(words))
                else:
                    self._label(root, mark, words)
            except EvidenceError:
                if not now.draft:
                    raise
        _frame(root)

    def _say(self, words: str) -> str:
        return _WORDS.get(self._lang, {}).get(words, words)

    def _box(self, root: Element, mark: Element, empty: bool) -> None:
        children = list(root)
        below = children[children.index(mark) + 1 :]
        after = [child for child in below if not _PLACEHOLDER.fullmatch(child.text or "")]
        if not after or after[0].tag != "p" or (not empty and (len(after) < 2 or after[1].tag != "table")):
            raise EvidenceError("a fact box has no title, or no table (EV642); write them directly below its comment")
        box = Element("figure" if not empty else "div", {"class": "fact-box"})
        parts = after[: 1 if empty else 2]
        for part in below[: below.index(parts[-1]) + 1]:  # a comment between them has done its work
            root.remove(part)
            part.tail = "\n"
        if empty:
            SubElement(box, "p", {"class": "none"}).text = self._say("No reliable numbers")
            box.append(parts[0])
        else:
            SubElement(box, "figcaption").append(parts[0])
            box.append(parts[1])
            if _drop_unrated(parts[1]):
                SubElement(box, "p", {"class": "unrated"}).text = self._say("Not rated")
            else:
                for row in list(parts[1].iter("tr"))[1:]:
                    row[-1].set("class", "sure")
        root[list(root).index(mark)] = box

    def _label(self, root: Element, mark: Element, words: str) -> None:
        label = label_of(words)
        if isinstance(label, Fault):
            raise EvidenceError(f"{label.what}; {label.fix}")
        line = Element("p", {"class": "evidence-label"})
        self._pair(line, "What happens", self._say(label.happens))
        sure = self._pair(line, "How sure", f"{self._say(label.sure)} {self._say('certainty')}".strip())
        sure.tail = " "
        filled = 4 - SURE.index(label.sure)
        pips = SubElement(line[-1], "span", {"class": "pips", "aria-hidden": "true"})
        pips.text = "●" * filled + "○" * (4 - filled)
        why = "; ".join(self._why(root, mark))
        by = f"{self._say('rated by')} {self._shown(label.by[1:]) if label.by.startswith('@') else label.by}"
        self._pair(line, "Why", f"{why}; {by}" if why else by, plain=True)
        root[list(root).index(mark)] = line

    def _pair(self, line: Element, name: str, value: str, *, plain: bool = False) -> Element:
        if len(line):
            line[-1].tail = " "
        pair = SubElement(line, "span", {"class": "pair"})
        pair.text = f"{self._say(name)}: "
        shown = SubElement(pair, "span" if plain else "strong")
        shown.text = value
        return shown

    def _why(self, root: Element, mark: Element) -> Iterator[str]:
        """What the sources of the section are, each once, in the order in which they are cited."""
        children = list(root)
        seen: dict[str, None] = {}
        for child in children[children.index(mark) + 1 :]:
            if _HEADING.fullmatch(str(child.tag)):
                break
            seen |= dict.fromkeys(self._cited("".join(child.itertext())))
        yield from filter(None, map(self._shown, seen))


def _marks(root: Element, stash: Sequence[Any]) -> Iterator[tuple[Element, str, str]]:
    """Each mark, its kind, and the words in it."""
    for child in root:
        held = _PLACEHOLDER.fullmatch(child.text or "") if not len(child) else None
        raw = str(stash[int(held[1])]) if held else ""
        box, label = BOX.fullmatch(raw), LABEL.fullmatch(raw)
        if box:
            yield child, "box", box[1] or ""
        elif label:
            yield child, "label", label[1]


def _drop_unrated(table: Element) -> bool:
    """Take the last column away if nobody has rated any row: said once, below the table, it is told as well as in each cell."""
    head, *rows = table.iter("tr")
    if len(head) < 3 or not rows or not all(_words(row[-1]).casefold() in UNRATED for row in rows):
        return False
    for row in (head, *rows):
        row.remove(row[-1])
    return True


def _name_cells(table: Element) -> None:
    """Where a row is too wide for its screen, its cells stand below each other, and each says itself what it tells."""
    head, *rows = table.iter("tr")
    for row in rows:
        for name, cell in list(zip(head, row, strict=False))[1:]:
            cell.set("data-head", _words(name))


def _frame(parent: Element) -> None:
    """Each table but that of a box into a frame, so that it can be laid out by the room it has. A wide one may have to be scrolled there:
    the frame takes the focus, for those without a mouse, and has a name."""
    before: Element | None = None
    for child in list(parent):
        if child.tag == "table":
            caption = _caption(before, child)
            if caption is not None:
                parent.remove(caption)
            frame = Element("div", {"class": "table"})
            heads = [_words(one) for one in next(child.iter("tr"))]
            if len(heads) > _FITTING:
                name = _words(child[0]) if child[0].tag == "caption" else ", ".join(filter(None, heads))
                frame.attrib |= {"role": "region", "tabindex": "0", "aria-label": " ".join(name.split())}
            parent[list(parent).index(child)] = frame
            frame.append(child)
            frame.tail, child.tail = "\n", ""
        elif child.get("class") != "fact-box":
            _frame(child)
        before = child


def _caption(before: Element | None, table: Element) -> Element | None:
    """The paragraph above that says "Table", whose words were made the table's caption."""
    if before is None or before.tag != "p" or not _TABLE.match("".join(before.itertext())):
        return None
    caption = Element("caption")
    caption.text, caption[:] = before.text, list(before)
    table.insert(0, caption)
    return before


def _words(cell: Element) -> str:
    return "".join(cell.itertext()).strip()


def _name_heads(table: Element) -> None:
    """The cells of the first row name their columns; the first cell of each other row names the row."""
    for head in table.iter("th"):
        head.set("scope", "col")
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) > 1 and cells[0].tag == "td" and "".join(cells[0].itertext()).strip():
            cells[0].tag = "th"
            cells[0].set("scope", "row")
