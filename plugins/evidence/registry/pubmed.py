"""PubMed's E-utilities (esearch, efetch, esummary) and PubMed Central's id converter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree

from evidence.model import Mark, MarkKind, Name
from evidence.registry.client import Client, Page, Trouble
from evidence.registry.works import Work, is_cochrane, settled, title_marks

NAME = "pubmed"
CONVERTER = "pmc"
_NOTICES = {
    "RetractionIn": MarkKind.RETRACTED,
    "RetractedandRepublishedIn": MarkKind.REPLACED,
    "ExpressionOfConcernIn": MarkKind.CONCERN,
    "ErratumIn": MarkKind.CORRECTED,
    "CorrectedandRepublishedIn": MarkKind.CORRECTED,
    "UpdateIn": MarkKind.SUPERSEDED,
}
"""PubMed's DTD, CommentsCorrections/@RefType: the work is the one the notice is about (`…In`), not the notice (`…Of`)."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def by_pmid(client: Client, pmid: str) -> Work | None:
    """The work with this PMID; None if there is no such PMID. Raises Trouble."""
    path = f"/efetch.fcgi?{_query(client, db='pubmed', id=pmid, retmode='xml')}"
    work = client.ask(NAME, path, lambda page: read(page, pmid), accept="text/xml", statuses=(200, 400))
    if work is None:
        summary = f"/esummary.fcgi?{_query(client, db='pubmed', id=pmid, retmode='json')}"
        if not client.ask(NAME, summary, _absent(pmid)):
            raise Trouble("it knows the PMID and does not send the record")
    return work


def by_doi(client: Client, doi: str) -> Work | None:
    """The work PubMed has under this DOI; None if it has none. A search may answer with other works: they are not it."""
    query = _query(client, db="pubmed", term=f'"{doi}"[doi]', retmode="json")
    for pmid in client.ask(NAME, f"/esearch.fcgi?{query}", _read_search):
        work = by_pmid(client, pmid)
        if work is not None and work.ids.get("doi", "").lower() == doi.lower():
            return work
    return None


def converted(client: Client, pmcid: str) -> dict[str, str]:
    """The PMID and the DOI of a PMCID; empty if there is no such PMCID. Raises Trouble."""
    query = urlencode({"ids": pmcid, "format": "json", "tool": "evidence", "email": client.contact})
    return client.ask(CONVERTER, f"/articles/?{query}", _read_conversion, statuses=(200, 400, 404))


def _query(client: Client, **parameters: str) -> str:
    return urlencode({**parameters, "tool": "evidence", "email": client.contact})


def _read_search(page: Page) -> list[str]:
    result = page.json()["esearchresult"]
    if "ERROR" in result:
        raise Trouble(f"PubMed cannot search ({str(result['ERROR'])[:60]})")
    return [str(pmid) for pmid in result["idlist"]][:3]


def _absent(pmid: str) -> Callable[[Page], bool]:
    """A reader of a summary that says whether the PMID does not exist."""

    def read_summary(page: Page) -> bool:
        return "error" in page.json()["result"][pmid]

    return read_summary


def _read_conversion(page: Page) -> dict[str, str]:
    data = page.json()
    records = data.get("records")
    if not isinstance(records, list) or not records:
        raise Trouble("the answer is not of the service's form")
    record = records[0]
    if record.get("status") == "error" or record.get("errmsg"):
        return {}
    return {kind: str(record[kind]) for kind in ("pmid", "doi") if record.get(kind)}


# ------------------------------------------------------------------------------------------------- XML


def read(page: Page, pmid: str) -> Work | None:
    """The article with this PMID in an `efetch` answer; None if the answer holds no article at all."""
    try:
        root = ElementTree.fromstring(page.text())
    except ElementTree.ParseError as error:
        raise Trouble("the answer is no XML, or only half of it") from error
    if root.tag not in ("PubmedArticleSet", "eFetchResult"):
        raise Trouble("the answer is not of the service's form")
    articles = [*root.iter("PubmedArticle"), *root.iter("PubmedBookArticle")]
    found = next((one for one in articles if _text(one.find("./*/PMID")) == pmid), None)
    if found is None and articles:
        raise Trouble("PubMed sent another record than the one asked for")
    return None if found is None else _work(found, pmid)


def _work(article: ElementTree.Element, pmid: str) -> Work:
    citation = article.find("MedlineCitation")
    part = citation.find("Article") if citation is not None else article.find("BookDocument")
    if part is None:
        raise Trouble("the answer is not of the service's form")
    ids = _ids(article, part)
    title = _text(part.find("ArticleTitle")) or _text(part.find("Book/BookTitle"))
    kinds = tuple(_text(one) for one in part.iter("PublicationType"))
    doi = ids.get("doi", "")
    return Work(
        service=NAME,
        id=pmid,
        title=title.removesuffix("."),
        authors=tuple(name for one in part.iterfind("AuthorList/Author") if (name := _name(one)).family),
        years=tuple(sorted(_years(part))),
        ids={**ids, "pmid": pmid},
        marks=settled(tuple(_marks(article, kinds, title, doi)), title, doi),
        type="article" if citation is not None else "misc",
        fields={**_fields(part), **ids, "pmid": pmid},
        kinds=kinds,
    )


def _text(element: ElementTree.Element | None) -> str:
    """All words in an element, those within `<i>`, `<sub>` … included."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _ids(article: ElementTree.Element, part: ElementTree.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in article.iterfind("./*/ArticleIdList/ArticleId"):
        kind = {"doi": "doi", "pmc": "pmcid"}.get(one.get("IdType", ""))
        if kind and _text(one):
            found.setdefault(kind, _text(one).lower() if kind == "doi" else _text(one))
    for one in part.iterfind("ELocationID"):
        if one.get("EIdType") == "doi" and one.get("ValidYN") != "N":
            found.setdefault("doi", _text(one).lower())
    return found


def _name(author: ElementTree.Element) -> Name:
    body = _text(author.find("CollectiveName"))
    if body:
        return Name(body, body=True)
    return Name(
        _text(author.find("LastName")),
        _text(author.find("ForeName")) or _text(author.find("Initials")),
        suffix=_text(author.find("Suffix")),
    )


def _years(part: ElementTree.Element) -> set[str]:
    texts = [
        _text(one)
        for path in ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate")
        for one in part.iterfind(path)
    ]
    return {found[0] for text in texts if (found := re.search(r"(?:18|19|20)\d\d", text))}


def _marks(article: ElementTree.Element, kinds: tuple[str, ...], title: str, doi: str) -> Iterator[Mark]:
    notices = {one.get("RefType", ""): one for one in article.iter("CommentsCorrections")}
    for name, one in sorted(notices.items()):
        kind = _NOTICES.get(name)
        if kind is MarkKind.RETRACTED and "RepublishedIn" in notices:
            kind = MarkKind.REPLACED
        if kind is not None:
            source, pmid = _text(one.find("RefSource")), _text(one.find("PMID"))
            yield Mark(kind, _day(source), f"PMID {pmid}" if pmid else source)
    if "Retracted Publication" in kinds and not {"RetractionIn", "RetractedandRepublishedIn"} & set(notices):
        withdrawn = is_cochrane(doi) and "UpdateIn" in notices
        yield Mark(MarkKind.SUPERSEDED if withdrawn else MarkKind.RETRACTED, notice="Retracted Publication")
    if not any(kind.startswith("Retraction of") for kind in kinds) and "RetractionOf" not in notices:
        yield from title_marks(title, doi)


def _day(source: str) -> str:
    """The day in `Lancet. 2010 Feb 6;375(9713):445`, as far as it is given."""
    found = re.search(r"((?:19|20)\d\d)(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?", source)
    if not found:
        return ""
    parts = [found[1]]
    if found[2] and found[2].lower() in _MONTHS:
        parts.append(f"{_MONTHS.index(found[2].lower()) + 1:02}")
        parts += [f"{int(found[3]):02}"] if found[3] else []
    return "-".join(parts)


def _fields(part: ElementTree.Element) -> dict[str, str]:
    issue = part.find("Journal/JournalIssue")
    found = {
        "journal": _text(part.find("Journal/Title")).split(" : ")[0],
        "volume": _text(issue.find("Volume")) if issue is not None else "",
        "number": _text(issue.find("Issue")) if issue is not None else "",
        "pages": _pages(_text(part.find("Pagination/MedlinePgn"))),
        "publisher": _text(part.find("Book/Publisher/PublisherName")),
        "address": _text(part.find("Book/Publisher/PublisherLocation")),
    }
    return {name: value for name, value in found.items() if value}


def _pages(pages: str) -> str:
    """NLM's short ranges in full: `713-6` → `713--716`."""

    def whole(found: re.Match[str]) -> str:
        first, last = found.groups()
        return f"{first}--{first[: len(first) - len(last)]}{last}" if len(last) < len(first) else f"{first}--{last}"

    return re.sub(r"(\d+)-(\d+)", whole, pages)
