"""Sources → the numbered list under an article, in the style of *Citing Medicine* (US National Library of Medicine).

The first six authors are named and the rest are "et al.", the short form that NLM's own guide allows and journals use. A
field that is missing is left out; nothing here can fail on an entry. Text stays plain text: the theme escapes it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from evidence.identifiers import clean_doi, clean_isbn, clean_pmcid, clean_pmid, doi_url, safe_url
from evidence.model import Library, Mention, Name, Reference, Segment, Source

AUTHORS = 6
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LANGUAGES = {
    "german": "de", "ngerman": "de", "spanish": "es", "french": "fr", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "turkish": "tr", "danish": "da", "swedish": "sv", "polish": "pl", "japanese": "ja", "chinese": "zh",
    "persian": "fa", "arabic": "ar", "russian": "ru",
}  # fmt: skip
_ARTICLES = frozenset({"article", "suppperiodical", "review", "periodical"})
_PARTS = frozenset({"incollection", "inproceedings", "inbook", "inreference", "conference", "suppbook", "bookinbook"})
_WEB = frozenset({"online", "www", "webpage", "electronic"})
_RANGE = re.compile(r"([A-Za-z]*)(\d+)\s*[-–—]+\s*([A-Za-z]*)(\d+)")


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
        Reference(
            number=number,
            id=f"s-{safe_id(key)}",
            key=key,
            label=_label(library.sources[key]),
            segments=format_source(library.sources[key]),
            mentions=tuple(mentions.get(key, ())),
            source=library.sources[key],
        )
        for number, key in enumerate(keys_in_order, 1)
        if key in library.sources
    )


def _label(source: Source) -> str:
    names = _people(source)
    who = f"{names[0].particle} {names[0].family}".strip() if names else _body(source)
    return f"{who or source.value('title') or source.key} {source.value('year')}".strip()


def _people(source: Source) -> tuple[Name, ...]:
    return source.creators.get("author") or source.creators.get("editor") or ()


def _body(source: Source) -> str:
    return next((value for name in ("institution", "organization", "school") if (value := source.value(name))), "")


# -------------------------------------------------------------------------------------------------- parts


def format_source(source: Source) -> tuple[Segment, ...]:
    """One reference as runs of text and links (http and https only)."""
    sentences = [sentence for sentence in _sentences(source) if any(part.text for part in sentence)]
    joined: list[Segment] = []
    for sentence in sentences:
        if joined:
            joined.append(Segment(" "))
        joined.extend(_ended(sentence))
    return _merged(joined)


def _sentences(source: Source) -> Iterator[list[Segment]]:
    yield [Segment(_creators(source))]
    title = _title(source, "title")
    yield [Segment(f"{title} [Internet]" if source.type in _WEB and title else title, lang=_language(source))]
    if source.type in _ARTICLES or (source.value("journal") and source.type not in _PARTS):
        yield [Segment(source.value("journal"))]
        yield [Segment(_issue(source))]
    elif source.type in _PARTS:
        yield from _container(source)
    else:
        yield from _imprint(source)
    yield [Segment(source.value("note"))]
    yield from _links(source)


def _ended(sentence: list[Segment]) -> list[Segment]:
    """The sentence with its full stop, unless it ends in one, or in a mark of its own or an address."""
    last = sentence[-1]
    if last.href and last.text == last.href:
        return sentence
    if last.text.rstrip().endswith((".", "?", "!")) and last.href is None:
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


def _creators(source: Source) -> str:
    authors = source.creators.get("author", ())
    if authors:
        return _names(authors)
    editors = source.creators.get("editor", ())
    if editors:
        return f"{_names(editors)}, {'editor' if len(editors) == 1 else 'editors'}"
    return _body(source)


def _names(names: Sequence[Name]) -> str:
    """`Smith AB, Jones C`; after six, or where the entry says so, `et al.`"""
    known = [name for name in names if name != Name("others")]
    shown = [_person(name) for name in known[:AUTHORS]]
    more = len(known) > AUTHORS or len(known) < len(names)
    return ", ".join([*shown, "et al."] if more and shown else shown)


def _person(name: Name) -> str:
    if name.body or not name.given:
        return " ".join(part for part in (name.particle, name.family, name.suffix) if part)
    initials = "".join(part[0].upper() for part in re.split(r"[\s.\-‐]+", name.given) if part)[:4]
    suffix = {"jr": "Jr", "jr.": "Jr", "sr": "Sr", "sr.": "Sr", "ii": "2nd", "iii": "3rd", "iv": "4th"}
    end = suffix.get(name.suffix.lower(), name.suffix)
    return " ".join(part for part in (name.particle, name.family, initials, end) if part)


def _title(source: Source, name: str) -> str:
    subtitle = source.value("booksubtitle" if name == "booktitle" else "subtitle")
    title = source.value(name)
    return f"{title}: {subtitle}" if title and subtitle and subtitle not in title else title


def _language(source: Source) -> str | None:
    name = source.value("langid").lower()
    return _LANGUAGES.get(name) or (name if re.fullmatch(r"[a-z]{2}", name) and name != "en" else None)


def _date(source: Source) -> str:
    """`2016 Apr 5`, as far as it is known."""
    month = source.value("month")
    if month.isdigit():
        month = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else ""
    elif month[:3].title() in _MONTHS:
        month = month[:3].title()
    day = source.value("day").lstrip("0") if month else ""
    return " ".join(part for part in (source.value("year"), month, day) if part)


def _issue(source: Source) -> str:
    """`2016 Apr;34(4):713-6`."""
    volume, number, pages = source.value("volume"), source.value("number"), _pages(source.value("pages"))
    issue = f"{volume}({number})" if number else volume
    text = _date(source)
    if issue:
        text = f"{text};{issue}" if text else issue
    return f"{text}:{pages}" if text and pages else text or pages


def _pages(pages: str) -> str:
    """Page ranges shortened as NLM does: `713--716` → `713-6`, `e12--e15` → `e12-15`."""

    def short(found: re.Match[str]) -> str:
        letters, first, again, last = found.groups()
        if again.lower() != letters.lower() and again:
            return f"{letters}{first}-{again}{last}"
        if len(first) == len(last):
            same = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first) - 1)
            last = last[same:]
        return f"{letters}{first}-{last}"

    return re.sub(r"\s*,\s*", ", ", _RANGE.sub(short, pages)).strip()


def _container(source: Source) -> Iterator[list[Segment]]:
    editors = source.creators.get("editor", ()) if source.creators.get("author") else ()
    book = _title(source, "booktitle")
    if editors:
        yield [Segment(f"In: {_names(editors)}, {'editor' if len(editors) == 1 else 'editors'}")]
        yield [Segment(book)]
    elif book:
        yield [Segment(f"In: {book}")]
    yield from _imprint(source, part=True)
    pages = _pages(source.value("pages"))
    yield [Segment(f"p. {pages}" if pages else "")]


def _imprint(source: Source, *, part: bool = False) -> Iterator[list[Segment]]:
    """`2nd ed. Place: Publisher; 2016. 350 p.`, with `[cited …]` for what is on the web."""
    edition = source.value("edition")
    number = {"1": "1st", "2": "2nd", "3": "3rd"}.get(edition, f"{edition}th" if edition.isdigit() else edition)
    yield [Segment(number if not number or "ed" in number.lower() else f"{number} ed")]
    body = _body(source) if _creators(source) != _body(source) else ""
    publisher = source.value("publisher") or body or source.value("howpublished")
    publisher = "" if safe_url(publisher) else publisher
    place = source.value("address")
    text = f"{place}: {publisher}" if place and publisher else place or publisher
    date = _date(source)
    text = f"{text}; {date}" if text and date else text or date
    cited = source.value("urldate")
    if cited and source.type in _WEB:
        text = f"{text} [cited {_day(cited)}]".strip()
    yield [Segment(text)]
    kind = {"phdthesis": "dissertation", "mastersthesis": "master's thesis", "thesis": "thesis"}.get(source.type, "")
    yield [Segment(f"[{kind}]" if kind else "")]
    report = source.value("number") if source.type in ("techreport", "report") else ""
    yield [Segment(f"Report No.: {report}" if report else "")]
    yield [Segment(f"{source.value('pages')} p" if not part and source.value("pages").isdigit() else "")]


def _day(date: str) -> str:
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if not found:
        return date
    month = _MONTHS[int(found[2]) - 1] if found[2] and 1 <= int(found[2]) <= 12 else ""
    return " ".join(part for part in (found[1], month, (found[3] or "").lstrip("0")) if part)


def _links(source: Source) -> Iterator[list[Segment]]:
    doi, pmid, pmcid = (clean(source.value(name)) for name, clean in _IDENTIFIERS.items())
    isbn = clean_isbn(source.value("isbn"))
    if isbn:
        yield [Segment(f"ISBN: {isbn}")]
    if doi:
        yield [Segment("doi: "), Segment(doi, href=doi_url(doi))]
    if pmid:
        yield [Segment("PMID: "), Segment(pmid, href=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")]
    if pmcid:
        yield [Segment("PMCID: "), Segment(pmcid, href=f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/")]
    url = safe_url(source.value("url")) or safe_url(source.value("howpublished"))
    if url and not (doi and "doi.org/" in url):
        yield [Segment("Available from: "), Segment(url, href=url)]


_IDENTIFIERS = {"doi": clean_doi, "pmid": clean_pmid, "pmcid": clean_pmcid}
