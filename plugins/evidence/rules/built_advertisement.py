"""The advertisement on a page as it was built is not the one, or not where it must be.

Configuration and theme can each be right and the page wrong, so the pages are looked at once they are written, before they take
the old site's place. A page has at most one advertisement, and none if it chose none: labelled "Advertisement" before anything
else, in the words of `content/ctas.toml` and no others, behind the article and last before the footer, with one link to the
booking page as the settings give it, `rel="sponsored noopener"` and `referrerpolicy="no-referrer"`. No other link leads there.
The emergency card stands on every article that did not leave it out, holds no link, and has something between it and the
advertisement.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evidence.anatomy import leads_to
from evidence.anatomy.essence import AD, CARD, essence
from evidence.anatomy.tree import Node, tree
from evidence.model import BuiltPage, Case, Hit, Place, Rule, Severity

_LINK = '<a href="https://clinic.org/book" rel="sponsored noopener" referrerpolicy="no-referrer">Book</a>'
_AD = f'<aside class="advertisement"><p>Advertisement</p><h2>Advice</h2><p>Ask us.</p><p>{_LINK}</p></aside>'
_CARD = '<section class="emergency-card"><h2>Call 911 if</h2></section>'
_PAGE = "<body><header>S</header><main><article><h1>Drips</h1>{}<p>Text.</p></article>{}</main><footer>F</footer></body>\n"
BAD = (
    _PAGE.format(_CARD, _AD * 2),
    _PAGE.format(_CARD + _AD, ""),
    _PAGE.format(_CARD, _AD.replace(' rel="sponsored noopener"', "")),
    _PAGE.format(_CARD, _AD.replace("<p>Advertisement</p>", "<p>More for you</p>")),
    _PAGE.format(_CARD + _LINK, _AD),
    _PAGE.format("", _AD),
)
GOOD = (_PAGE.format(_CARD, _AD), _PAGE.format(_CARD, "") + _AD)
LABEL = "Advertisement"
_FIX = "correct the theme: templates/macros/advertisement.html and the template of this page"


def check(case: Case) -> Iterator[Hit]:
    booking = case.clinic["booking_url"].value if "booking_url" in case.clinic else ""
    for page in case.built:
        short = essence(page, booking)
        if short is None or not _is_sound(short, booking):
            yield from _page(page, booking)


@lru_cache(maxsize=64)
def _is_sound(short: BuiltPage, booking: str) -> bool:
    """Many pages are the same in what matters."""
    return not any(_page(short, booking))


def _page(page: BuiltPage, booking: str) -> Iterator[Hit]:
    root = tree(page.html)
    ads = [node for node in root.all() if AD in node.classes]
    for ad in ads[1:] if page.offer else ads:
        what = "there is a second advertisement" if page.offer else "there is an advertisement, and none may be here"
        yield _hit(page, ad, what)
    if page.offer and not ads:
        yield _hit(page, root, "the advertisement that the page chose is not there")
    for ad in ads[:1] if page.offer else ():
        yield from _advertisement(page, root, ad, booking)
    inside = {id(node) for ad in ads for node in ad.all()}
    for node in root.all():
        addresses = [
            node.attributes[name] for name in ("href", "action", "formaction", "src") if name in node.attributes
        ]
        if id(node) not in inside and any(leads_to(address, booking) for address in addresses):
            yield _hit(page, node, "a link outside the advertisement leads to the booking page")
    yield from _card(page, root, ads)


def _advertisement(page: BuiltPage, root: Node, ad: Node, booking: str) -> Iterator[Hit]:
    assert page.offer is not None
    heading, text, button = page.offer
    if not ad.words().startswith(LABEL):
        yield _hit(page, ad, f'the advertisement is not labelled "{LABEL}" before anything else')
    said, wanted = ad.words(leaving_out="a"), " ".join(f"{LABEL} {heading} {text}".split())
    if said != wanted:
        yield _hit(page, ad, f'the advertisement does not say what content/ctas.toml says, but: "{said[:120]}"')
    links = [node for node in ad.all() if node.tag == "a"]
    outward = [node for node in links if not node.attributes.get("href", "").startswith(("#", "tel:"))]
    for node in outward:
        yield from _link(page, node, booking, button)
    if booking and len(outward) != 1:
        yield _hit(page, ad, f"the advertisement has {len(outward)} links that lead away, and must have one")
    if any(node.tag == "article" and node.order < ad.order <= node.last for node in root.all()):
        yield _hit(page, ad, "the advertisement stands within the article")
    footers = [(node.order, node.last) for node in root.all() if node.tag == "footer"]
    after = [words for words in root.texts() if words.order > ad.last]
    if any(not any(start <= words.order <= end for start, end in footers) for words in after):
        yield _hit(page, ad, "something stands between the advertisement and the footer")


def _link(page: BuiltPage, node: Node, booking: str, button: str) -> Iterator[Hit]:
    address = node.attributes.get("href", "")
    if address != booking:
        yield _hit(page, node, f'the advertisement links to "{address[:60]}", which is not the booking address')
    if not {"sponsored", "noopener"} <= set(node.attributes.get("rel", "").split()):
        yield _hit(page, node, 'the booking link has no rel="sponsored noopener"')
    if node.attributes.get("referrerpolicy") != "no-referrer":
        yield _hit(page, node, 'the booking link has no referrerpolicy="no-referrer"')
    if node.words() != button or node.attributes.get("title") or node.attributes.get("aria-label"):
        yield _hit(page, node, f'the button does not say "{button}" and nothing else')


def _card(page: BuiltPage, root: Node, ads: list[Node]) -> Iterator[Hit]:
    cards = [node for node in root.all() if CARD in node.classes]
    if page.card and len(cards) != 1:
        yield _hit(page, root, f"there are {len(cards)} emergency cards, and must be one")
    for card in cards:
        if any(node.tag == "a" for node in card.all()):
            yield _hit(page, card, "there is a link in the emergency card")
        for ad in ads:
            if ad.order < card.order:
                yield _hit(page, ad, "the advertisement stands before the emergency card")
            elif not any(card.last < words.order < ad.order for words in root.texts()):
                yield _hit(page, ad, "the advertisement stands directly behind the emergency card")


def _hit(page: BuiltPage, node: Node, what: str) -> Hit:
    return Hit(Place(page.path, node.line, node.column, node.line, node.column + 1), what, _FIX)


RULE = Rule("EV617", "built-advertisement", Severity.ERROR, "site", check, __doc__, BAD, GOOD, "html")
