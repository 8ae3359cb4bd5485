"""Two pages would stand at the same address, or a page at none.

One of them would vanish from the site, or the build would break off. The address comes from `save_as`, else from `slug`,
else from the title. A translation has the slug of its original and its own `lang`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Document, Hit, Place, Rule, Severity

_HEAD = "---\ntitle: Other drips\ndate: 2026-11-24\nslug: {}\n---\n\nPain fell in one trial [@smith2020].\n"
BAD = (_HEAD.format("other"), "---\ntitle: '!!!'\ndate: 2026-11-24\n---\n\nPain fell in one trial [@smith2020].\n")
GOOD = (_HEAD.format("drips"), _HEAD.format("other\nlang: en-GB"))


def gather(case: Case) -> tuple[str, Place, bool] | None:
    """The address of a document, the place that tells it, and whether it may be that of a page of the site itself."""
    (document,) = case.documents
    address = case.addresses.get(document.path)
    return None if address is None else (address, _place(document), _chosen(document, address))


def check(case: Case) -> Iterator[Hit]:
    first: dict[str, str] = {}
    for path, found in case.gathered.get("EV603", ()):
        if found is None:
            continue
        address, where, chosen = found
        if not address:
            yield Hit(where, "no address can be made of the title", 'add a line such as "slug: iv-fluids"')
        elif address in case.own_addresses and not chosen:
            yield Hit(where, f'"{address}" is a page of the site itself', "give this page another slug")
        elif (other := first.setdefault(address.lower(), path)) != path:
            yield Hit(where, f'"{address}" is the address of {other} too', "give one of them another slug")


def _chosen(document: Document, address: str) -> bool:
    """A page may take the place of the home page, if it says so."""
    return address == "index.html" and "save_as" in document.meta


def _place(document: Document) -> Place:
    names = (document.meta[name].place for name in ("save_as", "slug", "title") if name in document.meta)
    return next(names, Place(document.path))


RULE = Rule("EV603", "same-address", Severity.ERROR, "site", check, __doc__, BAD, GOOD, gather=gather)
