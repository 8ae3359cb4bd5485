"""A source → the sentences of its reference, by kind of work, after *Citing Medicine* and NLM's sample references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.identifiers import safe_url
from evidence.model import Source
from evidence.references.dates import date, day, pages
from evidence.references.people import body, creators, others

ARTICLES = frozenset({"article", "suppperiodical", "review", "periodical", "newspaper"})
PARTS = frozenset(
    {
        "incollection",
        "inproceedings",
        "inbook",
        "inreference",
        "conference",
        "suppbook",
        "suppcollection",
        "bookinbook",
    }
)
_REPORTS = frozenset({"report", "techreport"})
_WEB = frozenset({"online", "www", "webpage", "electronic", "blog"})
_KINDS = {
    "dataset": "dataset", "data": "dataset", "software": "computer program", "phdthesis": "dissertation",
    "mastersthesis": "master's thesis", "bachelorsthesis": "bachelor's thesis", "thesis": "thesis",
    "video": "video", "movie": "video", "audio": "sound recording",
}  # fmt: skip
_THESES = {"phdthesis": "dissertation", "phd thesis": "dissertation", "mathesis": "master's thesis"}
_SERVERS = frozenset(
    """
    arxiv biorxiv medrxiv chemrxiv psyarxiv osf ssrn preprints researchsquare preprintsorg coldspringharborlaboratory
    """.split()
)
_STATES = {
    "prepublished": "Epub ahead of print", "aheadofprint": "Epub ahead of print", "inpress": "In press",
    "forthcoming": "Forthcoming", "submitted": "Submitted", "inpreparation": "In preparation",
}  # fmt: skip
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_LANGUAGES = {
    "german": "de", "spanish": "es", "french": "fr", "italian": "it", "portuguese": "pt", "dutch": "nl",
    "turkish": "tr", "danish": "da", "swedish": "sv", "norwegian": "no", "polish": "pl", "japanese": "ja",
    "chinese": "zh", "persian": "fa", "arabic": "ar", "russian": "ru", "finnish": "fi", "greek": "el", "hungarian": "hu",
    "czech": "cs", "korean": "ko", "hebrew": "he", "ukrainian": "uk",
}  # fmt: skip
_ALIASES = {
    "ngerman": "german",
    "brazilian": "portuguese",
    "nynorsk": "norwegian",
    "austrian": "german",
    "deutsch": "german",
}


def sentences(source: Source) -> Iterator[tuple[str, str | None]]:
    """The sentences without their full stops, each with the language it is in if that is not English."""
    yield creators(source), None
    yield _whole_title(source), language(source)
    yield from ((text, None) for text in _published(source))
    yield _language_name(source).title(), None
    yield _series(source), None
    yield _standing(source.value("note")), None


_OF_PUBLICATION = re.compile(
    r"(?:(?:e-?pub|ahead|of|print|in|press|retracted|withdrawn|forthcoming|accepted|submitted|published|online|first|version|revised"
    r"|accessed|abstract|poster|letter|editorial|comment|erratum|correction|corrected|preprint|conference|supplement|reprinted|edition"
    r"|the|and|for|publication|manuscript|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\d{1,4})\b[\s.,;:-]*)+",
    re.IGNORECASE,
)


def _standing(note: str) -> str:
    """A note that says how far the work is published. Other notes are an editor's own, or a program's, and would pass unread."""
    return note if _OF_PUBLICATION.fullmatch(note) else ""


def _published(source: Source) -> Iterator[str]:
    server = _server(source)
    if server:
        yield f"{server} [Preprint]"
        yield _dated("", source)
    elif source.type in ARTICLES or (source.value("journal") and source.type not in PARTS):
        yield _journal(source)
        yield _issue(source)
        yield _state(source)
    elif source.type in PARTS:
        yield from _container(source)
    elif source.type == "patent":
        yield _patent(source)
        yield date(source)
    else:
        yield from _book(source)


# ------------------------------------------------------------------------------------------------- titles


def _whole_title(source: Source) -> str:
    """The title with what the work is: `[Internet]`, `[dissertation]`, `[dataset]`."""
    title = _title(source, "title")
    kind = _kind(source)
    is_in_a_whole = source.type in ARTICLES | PARTS or _server(source) or source.value("journal")
    marks = [kind, "Internet" if source.type in _WEB or (_cited(source) and not is_in_a_whole and not kind) else ""]
    return f"{title}{''.join(f' [{mark}]' for mark in marks if mark)}" if title else ""


def _kind(source: Source) -> str:
    kind = source.value("type").lower() if source.type == "thesis" else source.type
    return _THESES.get(kind) or _KINDS.get(kind) or (_KINDS.get(source.type, ""))


def _title(source: Source, name: str) -> str:
    title, subtitle = source.value(name), source.value(name.removesuffix("title") + "subtitle")
    return f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title


def language(source: Source) -> str | None:
    """The HTML language of the title, if it is known and not English."""
    return _LANGUAGES.get(_language_name(source))


def _language_name(source: Source) -> str:
    given = source.value("langid").lower()
    name = _ALIASES.get(given, given)
    return name if name in _LANGUAGES else next((full for full, code in _LANGUAGES.items() if code == given), "")


# ------------------------------------------------------------------------------------------------ journals


def _journal(source: Source) -> str:
    journal = source.value("journalabbr") or _title(source, "journal")
    online = bool(journal) and _cited(source) and not _located(source)
    return f"{journal} [Internet]" if online else journal


def _issue(source: Source) -> str:
    """`2016 Apr;34(4):713-6`, `2002;42 Suppl 2:S93-9`, `2002;58(12 Suppl 7):S6-12`."""
    number = re.sub(
        r"\bsuppl(?:ement)?(?![a-z])\.?[\s_]*", "Suppl ", source.value("number"), flags=re.IGNORECASE
    ).strip()
    volume = source.value("volume")
    issue = (
        f"{volume} {number}".strip() if number.startswith("Suppl") else f"{volume}({number})" if number else volume
    )
    text = date(source) if _located(source) else _dated("", source)
    if issue:
        text = f"{text};{issue}" if text else issue
    where = pages(source.value("pages")) or source.value("eid")
    return f"{text}:{where}" if text and where else text or where


def _located(source: Source) -> bool:
    return any(source.value(name) for name in ("doi", "pmid", "pmcid"))


def _state(source: Source) -> str:
    state = source.value("pubstate")
    return _STATES.get(state.lower().replace(" ", ""), state)


def _server(source: Source) -> str:
    """The preprint server, if the work is a preprint."""
    names = [source.value(name) for name in ("journal", "eprinttype", "howpublished", "publisher", "institution")]
    server = next((name for name in names if re.sub(r"\W", "", name.lower()) in _SERVERS), "")
    if source.value("volume") or (source.value("journal") and server != source.value("journal")):
        return ""
    if source.type == "preprint" or source.value("type").lower() == "preprint":
        return server or next((name for name in names if name), "")
    return server if source.type in ("article", "misc", "online", "unpublished", "report") else ""


# --------------------------------------------------------------------------------------------------- books


def _container(source: Source) -> Iterator[str]:
    editors = others(source, "editor")
    book = _title(source, "booktitle")
    named = [text for text in editors if text]
    if named:
        yield f"In: {named[0]}"
        yield book
    elif book:
        yield f"In: {book}"
    yield from _imprint(source)
    where, chapter = pages(source.value("pages")), source.value("chapter")
    parts = [f"Chapter {chapter}" if chapter and not book else "", f"p. {where}" if where else ""]
    yield ", ".join(part for part in parts if part)


def _book(source: Source) -> Iterator[str]:
    yield from _imprint(source)
    report = source.value("number") if source.type in _REPORTS else ""
    yield f"Report No.: {report}" if report else ""
    extent = source.value("pagetotal") or source.value("pages")
    yield f"{extent} p" if extent.isdigit() else ""


def _imprint(source: Source) -> Iterator[str]:
    """`2nd ed. Lee B, editor. Place: Publisher; 2016 [cited 2026 Aug 1].`"""
    yield _edition(source.value("edition"))
    version = source.value("version")
    yield f"Version {version}" if version and source.type in _KINDS else ""
    yield from others(source, *(() if source.type in PARTS else ("editor",)), "translator")
    volume = source.value("volume")
    yield f"Vol. {volume}" if volume and source.type not in ("dataset", "software") else ""
    yield _event(source)
    who = body(source) if creators(source) != body(source) else ""
    publisher = source.value("publisher") or who or source.value("howpublished")
    yield _dated("" if _is_address(publisher) or publisher == creators(source) else publisher, source)
    yield _state(source)


def _is_address(text: str) -> bool:
    return safe_url(text) is not None


def _dated(publisher: str, source: Source) -> str:
    """`Place (ST): Publisher; 2016 Apr [cited 2026 Aug 1]`."""
    place = re.sub(r", ([A-Z]{2})$", r" (\1)", source.value("address"))
    text = ": ".join(part for part in (place, publisher) if part)
    text = "; ".join(part for part in (text, date(source)) if part)
    cited = _cited(source)
    return f"{text} [cited {day(cited)}]".strip() if cited else text


def _cited(source: Source) -> str:
    """The day the address was read; only what has an address has one."""
    return source.value("urldate") if source.value("url") or source.value("howpublished") else ""


def _edition(text: str) -> str:
    word = text.lower().removesuffix("edition").strip()
    found = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th|\.)?\s*(?:ed\.?|edn\.?)?", word)
    number = int(found[1]) if found else _ORDINALS.index(word) + 1 if word in _ORDINALS else 0
    if number == 1:
        return ""
    if number:
        end = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{end} ed"
    return text if not text or re.search(r"\bed", text.lower()) else f"{text} ed"


def _event(source: Source) -> str:
    parts = (source.value("eventtitle"), day(source.value("eventdate")), source.value("venue"))
    return "; ".join(part for part in parts if part)


def _patent(source: Source) -> str:
    kind, number = source.value("type"), source.value("number")
    country = {"patentus": "United States patent", "patenteu": "European patent", "patent": "Patent"}.get(kind, kind)
    return f"{country or 'Patent'} {number}".strip()


def _series(source: Source) -> str:
    """`(Evidence reports; no. 84)`."""
    series = source.value("series")
    number = source.value("number") if source.type not in _REPORTS | ARTICLES else ""
    return f"({series}{f'; no. {number}' if number else ''})" if series else ""
