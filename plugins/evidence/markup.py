"""A checked document → HTML: citations become numbered markers that link to the page's list of sources.

The same scan that the rules saw decides what is a citation; each is taken out of the text before Markdown's inline
stage, which therefore can neither break it nor make one up, and put back as elements afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import escape

from evidence.errors import EvidenceError
from evidence.fact_boxes import FactBoxes, Telling
from evidence.facts import LABEL
from evidence.model import (
    Citation,
    Cluster,
    Document,
    Library,
    Mention,
    Mode,
    Name,
    Reference,
    Scan,
    Source,
)
from evidence.pictures import Pictures
from evidence.reading.dialect import markdown
from evidence.references import reference_list, safe_id
from evidence.references.people import label
from evidence.tags import is_plain, name_of, split
from evidence.taking_out import CLOSE, OPEN, SHOWN, TOKEN, install, number_of, places_of, scans_of
from evidence.targets import says_more, target

_SHORT = {
    "page": "p.",
    "chapter": "chap.",
    "section": "sec.",
    "figure": "fig.",
    "paragraph": "para.",
    "volume": "vol.",
    "sub-verbo": "s.v.",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, its numbered references, and the (id, words) of its second-level headings."""

    html: str
    references: tuple[Reference, ...]
    headings: tuple[tuple[str, str], ...]


class _Now:
    """The state of the document that a converter is at."""

    state: _State


@cache
def _converter() -> tuple[Markdown, _Now]:
    """Made once: making one takes as long as converting a tenth of an article."""
    now = _Now()
    return markdown(_Citations(now)), now


def _converted(document: Document, state: _State) -> tuple[Markdown, str]:
    """The document's HTML, and the converter as it is afterwards. What a failed conversion leaves behind is not used again."""
    md, now = _converter()
    now.state = state
    try:
        return md, md.reset().convert(document.body).translate(SHOWN)
    except EvidenceError as error:
        _converter.cache_clear()
        raise EvidenceError(f"{document.path}: {error}") from error
    except BaseException:
        _converter.cache_clear()
        raise


def _unshown(number: int, document: Document, state: _State) -> EvidenceError:
    """The error about a citation that no reader would see."""
    cluster, typed = state.clusters[number]
    found = places_of(cluster, typed, document, state.scans)[0]
    place = f"{found.path}:{found.line}:{found.column}"
    fix = "set it apart from the brackets, marks of code and tags around it"
    return EvidenceError(f'{place}: the citation "{typed}" could not be rendered; {fix}')


def render(document: Document, library: Library) -> Rendered:
    """The document as a page. Raises EvidenceError if a citation could not be put back."""
    lang = document.meta.get("lang")
    state = _State(library, lang.value if lang else "en", document.draft, scans_of(document))
    md, html = _converted(document, state)
    if document.draft:  # the check has told of it, and nobody but its writers reads it
        html = TOKEN.sub("", html)
    hidden = (number for number in range(len(state.clusters)) if number not in state.shown_clusters)
    if not document.draft and (number := next(hidden, None)) is not None:
        raise _unshown(number, document, state)
    if OPEN in html or CLOSE in html:
        raise EvidenceError(f"{document.path}: a citation could not be rendered; it stands in what is shown twice")
    for key in _also_listed(document, library):
        state.number(key)
    references = reference_list(tuple(state.numbers), library, state.mentions)
    headings = tuple(
        (str(token["id"]), " ".join(TOKEN.sub("", str(token["name"])).split()))
        for token in _flat(getattr(md, "toc_tokens", []))
        if token["level"] == 2
    )
    return Rendered(html, references, headings)


def named_sources(document: Document, library: Library) -> list[tuple[str, str, str | None]]:
    """All that `render` puts into the text of a page of the library: what each key of the document means (the key of the source,
    and how a sentence names it; None where there is no such source), and the keys that are listed without being cited."""
    keys = dict.fromkeys(
        one.key for block in document.blocks for cluster in block.scan.clusters for one in cluster.citations
    )
    aims = {key: target(key, library) for key in keys}
    found = [
        (key, aim.key, f"{_name(aim.source)}\0{label(aim.source)}" if aim.source else None)
        for key, aim in aims.items()
    ]
    rated = [("", library.key.hex(), None)] if LABEL.search(document.text) else []  # a label may be by any source
    return [*found, *rated, *(("", key, "") for key in _also_listed(document, library))]


def _also_listed(document: Document, library: Library) -> Iterator[str]:
    for key, _ in document.nocite:
        yield from library.sources if key == "*" else (key,) if key in library.sources else ()


def _flat(tokens: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


@dataclass(slots=True)
class _State:
    """What one rendering gathers: the clusters taken out, and numbers in order of first citation."""

    library: Library
    lang: str = "en"
    draft: bool = False
    scans: Mapping[str, Scan] = field(default_factory=dict)
    """What the check found in each stretch of the text; one that the check read otherwise is not in it."""
    clusters: list[tuple[Cluster, str]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    shown_clusters: set[int] = field(default_factory=set)
    """Which of them readers see, by number."""

    def number(self, key: str) -> int:
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def cited(self, text: str) -> tuple[str, ...]:
        """The keys of the sources whose citations were taken out of the text, in order."""
        numbers = map(number_of, TOKEN.findall(text))
        return tuple(target(one.key, self.library).key for n in numbers for one in self.clusters[n][0].citations)

    def shown(self, key: str) -> str:
        """A source in a few words: its name, design and size, as far as they are known."""
        source = self.library.sources.get(key)
        if source is None:
            return ""
        note = source.note
        what = [design_words(note.design)] if note and note.design else []
        what += [f"{note.participants:,} people"] if note and note.participants else []
        return f"{label(source)} ({', '.join(what)})" if what else label(source)

    def mention(self, key: str) -> Mention:
        found = self.mentions.setdefault(key, [])
        mention = Mention(f"m-{safe_id(key)}-{len(found) + 1}", len(found) + 1)
        found.append(mention)
        return mention


class _Citations(Extension):
    def __init__(self, now: _Now) -> None:
        super().__init__()
        self._now = now

    def extendMarkdown(self, md: Markdown) -> None:
        install(md, self._now)
        md.treeprocessors.register(Pictures(md, lambda: self._now.state.draft), "pictures", 6)
        md.treeprocessors.register(FactBoxes(md, self._telling), "fact_boxes", 5)
        md.treeprocessors.register(_PutBack(md, self._now), "citations_back", 4)

    def _telling(self) -> Telling:
        state = self._now.state
        return Telling(state.lang, state.draft, state.shown, state.cited)


_SOURCE = {"es": "fuente"}
"""What is told, before its number, to those who hear the page: a link needs a name of its own."""


class _PutBack(Treeprocessor):
    """After inline parsing: each token becomes its marker; comments of the editors go."""

    def __init__(self, md: Markdown, now: _Now) -> None:
        super().__init__(md)
        self._now = now

    @property
    def _state(self) -> _State:
        return self._now.state

    def run(self, root: Element) -> None:
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, raw in enumerate(stash):
            if isinstance(raw, str) and raw.lstrip().startswith("<!--") and raw.rstrip().endswith("-->"):
                stash[index] = ""
        self._visit(root, in_link=False)

    def _visit(self, element: Element, *, in_link: bool) -> None:
        in_link = in_link or element.tag == "a"
        for name, value in element.attrib.items():
            if value is None:  # `{name=}`
                element.set(name, "")
            elif OPEN in value:
                element.set(name, TOKEN.sub("", value))
                if name == "alt":  # the description of a picture has no room for a number
                    self._state.shown_clusters |= set(map(number_of, TOKEN.findall(value)))
        children: list[Element] = []
        if element.text and OPEN in element.text:
            element.text, children = self._split(element.text, in_link=in_link)
        for child in list(element):
            self._visit(child, in_link=in_link)
            children.append(child)
            if child.tail and OPEN in child.tail:
                child.tail, new = self._split(child.tail, in_link=in_link)
                children += new
        element[:] = children

    def _split(self, text: str, *, in_link: bool) -> tuple[str, list[Element]]:
        first, *rest = TOKEN.split(text)
        markers = []
        for number, tail in zip(rest[::2], rest[1::2], strict=True):
            self._state.shown_clusters.add(number_of(number))
            marker = self._marker(self._state.clusters[number_of(number)][0], in_link=in_link)
            marker.tail = tail
            markers.append(marker)
        return first, markers

    def _marker(self, cluster: Cluster, *, in_link: bool) -> Element:
        outer = Element("span", {"class": "cites"})
        cursor = _Cursor(outer)
        first = cluster.citations[0]
        if first.mode is Mode.NARRATIVE:
            author = cursor.child("span", {"class": "author"})
            author.text = _name(target(first.key, self._state.library).source)
            cursor.write(" ")
        cursor.write("[")
        shown = self._distinct(cluster.citations)
        for index, citation in enumerate(shown):
            if index:
                cursor.write("; " if says_more(shown[index - 1]) or says_more(citation) else ",\u00a0")
            self._one(cursor, citation, in_link=in_link)
        cursor.write("]")
        return outer

    def _distinct(self, citations: Sequence[Citation]) -> list[Citation]:
        """Without those that would only repeat a number."""
        seen: set[str] = set()
        shown = []
        for citation in citations:
            key = target(citation.key, self._state.library).key
            if key not in seen or says_more(citation):
                shown.append(citation)
            seen.add(key)
        return shown

    def _one(self, cursor: _Cursor, citation: Citation, *, in_link: bool) -> None:
        aim = target(citation.key, self._state.library)
        if citation.prefix:
            cursor.write(f"{citation.prefix} ")
        if aim.source is None:
            cursor.write(f"no source “{aim.key}”")
        elif in_link:
            cursor.write(str(self._state.number(aim.key)))
        else:
            self._link(cursor, aim.key)
        if citation.locator:
            label = _SHORT.get(citation.locator_label or "", citation.locator_label or "")
            if label == "p." and re.search(r"[-–,&]", citation.locator):
                label = "pp."
            cursor.write(f", {label} {citation.locator}".replace("  ", " "))
        if citation.suffix:
            cursor.write(citation.suffix if citation.suffix[0] in ",;:." else f" {citation.suffix}")

    def _link(self, cursor: _Cursor, key: str) -> None:
        mention = self._state.mention(key)
        link = cursor.child("a", {"id": mention.id, "role": "doc-biblioref", "href": f"#s-{safe_id(key)}"})
        SubElement(link, "span", {"class": "vh"}).text = f"{_SOURCE.get(self._state.lang.split('-')[0], 'source')} "
        link[0].tail = str(self._state.number(key))
        SubElement(link, "span", {"class": "vh"}).text = f", {label(self._state.library.sources[key])}"


class _Cursor:
    """Writes text and children into an element in turn."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def write(self, text: str) -> None:
        if len(self._element):
            last = self._element[-1]
            last.tail = (last.tail or "") + text
        else:
            self._element.text = (self._element.text or "") + text

    def child(self, tag: str, attributes: dict[str, str]) -> Element:
        return SubElement(self._element, tag, attributes)


def design_words(design: str) -> str:
    """A design as notes name it, in American spelling."""
    return design.replace("andomised", "andomized").replace("odelling", "odeling")


def _name(source: Source | None) -> str:
    """How a sentence names a source: "Balbin", "Balbin and Lee", "Balbin et al.", a body in full."""
    if source is None:
        return "no source"
    names = source.creators.get("author") or source.creators.get("editor") or ()
    shown = [_surname(name) for name in names if name.family != "others"]
    if not shown:
        return f"“{source.value('title')}”" if source.value("title") else source.key
    if len(names) > 2 or len(shown) < len(names):
        return f"{shown[0]} et al."
    return " and ".join(shown)


def _surname(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


_MARKER = re.compile(r'<a href="#s-[^"]*" id="(m-[^"]*)" role="doc-biblioref"')


def with_data(html: str, data: Mapping[str, Mapping[str, str]]) -> str:
    """The HTML of `render` with `data-…` attributes on the markers of citations, by the ids of the markers."""

    def dressed(found: re.Match[str]) -> str:
        given = data.get(unescape(found[1]), {})
        return found[0] + "".join(f' data-{name}="{escape(value)}"' for name, value in given.items() if value)

    return _MARKER.sub(dressed, html)


# ------------------------------------------------------------------------------------- pages without ids


class _Plain(HTMLParser):
    """Copies HTML without ids and without links inside the page; what was only for screen readers goes too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._dropped: list[bool] = []
        self._silent = Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._silent["span"] or (tag == "span" and given.get("class") == "vh"):
            self._silent["span"] += tag == "span"
            return
        if tag == "a":
            drop = (given.get("href") or "").startswith("#") or given.get("class") == "term"
            self._dropped.append(drop)
            if drop:
                return
        kept = "".join(
            f' {name}="{escape(value)}"' if value is not None else f" {name}"
            for name, value in attrs
            if name not in ("id", "role", "aria-labelledby", "aria-describedby") and not name.startswith("data-")
        )
        self.out.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if self._silent["span"]:
            self._silent["span"] -= tag == "span"
            return
        if tag == "a" and self._dropped and self._dropped.pop():
            return
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent["span"]:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


_ODD = re.compile(
    r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)|<!|</[a-z0-9]*[^a-z0-9>]|/>|<(?:script|style|textarea|title)\b"
    r"|=\"[^\"]*(?:&(?!(?:amp|lt|gt);)|')"
)
"""What is plain, and the parser still would not copy as it stands."""
_ATTRIBUTES = re.compile(r'[ \n]([a-zA-Z][a-zA-Z0-9:-]*+)(="[^"]*+")?+')
_LEFT_OUT = frozenset({"id", "role", "aria-labelledby", "aria-describedby"})


def _unanchored(parts: Sequence[str]) -> Iterator[str]:
    """Plain HTML, as text, tag, text …, without what `_Plain` leaves out."""
    dropped: list[bool] = []
    silent = 0
    for number, part in enumerate(parts):
        if not number % 2:
            if not silent:
                yield part
            continue
        name, flat = name_of(part), part.replace("\n", " ")
        if name.startswith("/"):
            if silent:
                silent -= name == "/span"
            elif not (name == "/a" and dropped and dropped.pop()):
                yield f"<{part}>"
            continue
        if silent or (name == "span" and ' class="vh"' in flat):
            silent += name == "span"
            continue
        if name == "a":
            dropped.append(' href="#' in flat or ' class="term"' in flat)
            if dropped[-1]:
                continue
        given = (
            attribute + (value or "")
            for attribute, value in ((found[1].lower(), found[2]) for found in _ATTRIBUTES.finditer(part))
            if attribute not in _LEFT_OUT and not attribute.startswith("data-")
        )
        yield f"<{' '.join((name, *given))}>"


def without_anchors(html: str) -> str:
    """The HTML for a feed, where several articles stand on one page: markers plain, no ids, nothing dangling."""
    if is_plain(html) and not _ODD.search(html):
        return "".join(_unanchored(split(html)))
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


def plain_list(references: Sequence[Reference]) -> str:
    """The list of sources for a feed, as HTML without ids."""
    if not references:
        return ""
    items = "".join(f"<li>{_segments(reference)}</li>" for reference in references)
    return f"<h2>Sources</h2><ol>{items}</ol>"


def _segments(reference: Reference) -> str:
    return "".join(
        f'<a href="{escape(part.href)}">{escape(part.text)}</a>' if part.href else str(escape(part.text))
        for part in reference.segments
    )
