"""Sources → the numbered list under an article, in the style of *Citing Medicine* (US National Library of Medicine).

The first six authors are named and the rest are "et al.", the short form that NLM's own guide allows and journals use. A
field that is missing is left out; nothing here can fail on an entry. Text stays plain text: the theme escapes it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from evidence.model import Library, Mention, Reference, Segment, Source
from evidence.references.formats import sentences
from evidence.references.links import links
from evidence.references.people import label


def safe_id(key: str) -> str:
    """The key as part of an HTML id. Different keys always give different ids."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key) and not re.search(r"-[0-9a-f]{8}$", key):
        return key
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", key).strip("-")[:40]
    return f"{slug or 'source'}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def reference_list(
    keys_in_order: Sequence[str], library: Library, mentions: Mapping[str, Sequence[Mention]]
) -> tuple[Reference, ...]:
    """The references of a page, numbered in the order given. Keys the library does not have keep their number."""
    return tuple(
        reference(library.sources[key], number, mentions.get(key, ()))
        for number, key in enumerate(keys_in_order, 1)
        if key in library.sources
    )


def reference(source: Source, number: int, mentions: Sequence[Mention]) -> Reference:
    """One line of the list of a page."""
    return Reference(
        number=number,
        id=f"s-{safe_id(source.key)}",
        key=source.key,
        label=label(source),
        segments=format_source(source),
        mentions=tuple(mentions),
        source=source,
    )


_MANY = 20_000
_formatted: dict[int, tuple[Source, tuple[Segment, ...]]] = {}


def format_source(source: Source) -> tuple[Segment, ...]:
    """One reference as runs of text and links (http and https only). Each source is formatted once, not for each page."""
    known = _formatted.get(id(source))
    if known is None:
        if len(_formatted) >= _MANY:
            _formatted.clear()
        # The source is kept with its segments, so that no other can get its id.
        _formatted[id(source)] = known = source, _format(source)
    return known[1]


def _format(source: Source) -> tuple[Segment, ...]:
    joined: list[Segment] = []
    for sentence in _sentences(source):
        if not any(part.text for part in sentence):
            continue
        if joined:
            joined.append(Segment(" "))
        joined.extend(_ended(sentence))
    return _merged(joined)


def _sentences(source: Source) -> Iterator[list[Segment]]:
    for text, lang in sentences(source):
        yield [Segment(text, lang=lang)]
    yield from links(source)


def _ended(sentence: list[Segment]) -> list[Segment]:
    """The sentence with its full stop, unless it ends in one, or in a mark of its own or an address."""
    last = sentence[-1]
    if last.href and last.text == last.href:
        return sentence
    if last.text.rstrip().endswith((".", "?", "!", "。", "？", "！")) and last.href is None:
        return sentence
    return [*sentence, Segment(".")]


def _merged(parts: list[Segment]) -> tuple[Segment, ...]:
    out: list[Segment] = []
    for part in parts:
        if out and part.href is None and out[-1].href is None and part.lang == out[-1].lang:
            out[-1] = Segment(out[-1].text + part.text, lang=part.lang)
        elif part.text:
            out.append(part)
    return tuple(out)
