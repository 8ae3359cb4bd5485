"""arXiv's API: a preprint by its id, as Atom."""

from __future__ import annotations

import re
from urllib.parse import urlencode
from xml.etree import ElementTree

from evidence.model import Mark, MarkKind, Name
from evidence.registry.client import Client, Page, Trouble
from evidence.registry.works import Work

NAME = "arxiv"
_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
_WITHDRAWN = re.compile(r"\b(?:paper|article|submission|manuscript|preprint) (?:has been|is|was) withdrawn\b", re.I)


def by_id(client: Client, id: str) -> Work | None:
    """The preprint with this id; None if there is no such id. Raises Trouble."""
    path = f"/query?{urlencode({'id_list': id, 'max_results': '1'})}"
    return client.ask(NAME, path, lambda page: _read(page, id), accept="application/atom+xml", statuses=(200, 400))


def _read(page: Page, id: str) -> Work | None:
    try:
        root = ElementTree.fromstring(page.text())
    except ElementTree.ParseError as error:
        raise Trouble("the answer is no XML, or only half of it") from error
    if root.tag != f"{_ATOM}feed":
        raise Trouble("the answer is not of the service's form")
    entry = root.find(f"{_ATOM}entry")
    if entry is None or _text(entry, f"{_ATOM}title") == "Error":
        return None
    comment, summary = _text(entry, f"{_ARXIV}comment"), _text(entry, f"{_ATOM}summary")
    withdrawn = _WITHDRAWN.search(comment) or _WITHDRAWN.search(summary[:200])
    doi = _text(entry, f"{_ARXIV}doi").lower()
    category = entry.find(f"{_ARXIV}primary_category")
    fields = {
        "eprint": id,
        "eprinttype": "arxiv",
        "eprintclass": category.get("term", "") if category is not None else "",
        "url": f"https://arxiv.org/abs/{id}",
    }
    return Work(
        service=NAME,
        id=id,
        title=_text(entry, f"{_ATOM}title"),
        authors=tuple(_person(_text(one, f"{_ATOM}name")) for one in entry.iterfind(f"{_ATOM}author")),
        years=tuple(sorted({_text(entry, f"{_ATOM}{name}")[:4] for name in ("published", "updated")} - {""})),
        ids={"doi": doi} if doi else {},
        marks=(Mark(MarkKind.RETRACTED, notice="withdrawn by its authors"),) if withdrawn else (),
        type="online",
        fields={name: value for name, value in fields.items() if value},
    )


def _text(element: ElementTree.Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())


def _person(name: str) -> Name:
    given, _, family = name.rpartition(" ")
    return Name(family, given)
