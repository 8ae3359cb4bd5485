"""Open Library's Books API: a book by its ISBN."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from evidence.model import Name
from evidence.registry.client import Client, Page
from evidence.registry.works import Work

NAME = "openlibrary"


def by_isbn(client: Client, isbn: str) -> Work | None:
    """The book with this ISBN; None if Open Library does not hold it, which says nothing. Raises Trouble."""
    query = urlencode({"bibkeys": f"ISBN:{isbn}", "format": "json", "jscmd": "data"})
    return client.ask(NAME, f"/api/books?{query}", lambda page: _read(page, isbn))


def _read(page: Page, isbn: str) -> Work | None:
    if page.missing():
        return None
    data = page.json()
    book: Mapping[str, Any] | None = data.get(f"ISBN:{isbn}")
    if book is None:
        return None
    year = re.search(r"\d{4}", str(book.get("publish_date", "")))
    fields = {
        "publisher": _name(book, "publishers"),
        "address": _name(book, "publish_places"),
        "isbn": isbn,
    }
    return Work(
        service=NAME,
        id=isbn,
        title=": ".join(str(book[name]) for name in ("title", "subtitle") if book.get(name)),
        authors=tuple(_person(str(one["name"])) for one in book.get("authors", [])),
        years=(year[0],) if year else (),
        type="book",
        fields={name: value for name, value in fields.items() if value},
    )


def _name(book: Mapping[str, Any], name: str) -> str:
    return str((book.get(name) or [{"name": ""}])[0]["name"])


def _person(name: str) -> Name:
    """`Oliver W. Sacks` → family name last; a body's name cannot be told from a person's here."""
    given, _, family = name.rpartition(" ")
    return Name(family, given)
