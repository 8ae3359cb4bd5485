"""A call to action says what none may say, or does not say what each must.

The whole site is paid for by a clinic that sells drips, so its offer is held to the strictest rules on health advertising
anywhere. It says who runs the site and what they sell, offers a consultation and nothing else, and says that a clinician
decides and that it may not be IV therapy. It names no outcome, figure, price, hurry, medicine or drip. What it must and must not
say is in `anatomy.toml`; names of treatments come from `content/vocabulary.toml`. The text stands in `content/ctas.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from evidence.model import Case, Hit, Meta, Rule, Severity
from evidence.vocabulary import mentions
from evidence.wording.patterns import compiled

_SAYS = "{clinic} runs this site and sells IV therapy. You can book a consultation about migraine care. "
_DECIDES = "A clinician decides whether any treatment is suitable; it may not be IV therapy."
_OFFER = '[consultation]\nheading = "{}"\ntext = "{}"\nbutton = "{}"\nowner = "A clinic"\n'
BAD = (
    _OFFER.format("Book a consultation", _SAYS.replace("{clinic}", "We"), "Book a consultation"),
    _OFFER.format("Relief today", _SAYS + _DECIDES, "Book a consultation"),
    _OFFER.format("Book a consultation", _SAYS + _DECIDES, "Book your magnesium drip now"),
)
GOOD = (
    _OFFER.format("Book a consultation", _SAYS + _DECIDES, "Book a consultation"),
    _OFFER.format("Advice about migraine care", _SAYS + _DECIDES, "Ask for a consultation"),
)
_SOLD = re.compile(r"sells IV therapy|may not be IV therapy|IV therapy clinic", re.IGNORECASE)


def check(case: Case) -> Iterator[Hit]:
    offers: dict[str, dict[str, Meta]] = defaultdict(dict)
    for meta in case.offered:
        offer, _, field = meta.name.rpartition(".")
        if offer:  # the words of the glossary come along; they have no dot in their name, and may name a treatment
            offers[offer][field] = meta
    for fields in offers.values():
        for meta in fields.values():
            yield from _forbidden(meta, case)
        if "text" in fields and case.anatomy.offer_says:
            yield from _unsaid(fields["text"], case)
        button = fields.get("button")
        if button and case.anatomy.offer_says and not re.search(r"\bconsultation\b", button.value, re.IGNORECASE):
            yield Hit(
                button.place, f'the button "{button.value}" does not offer a consultation', 'say "consultation"'
            )


def _unsaid(text: Meta, case: Case) -> Iterator[Hit]:
    if "{clinic}" not in text.value:
        yield Hit(text.place, "the call to action does not name the clinic", "write {clinic} where its name belongs")
    for what, patterns in case.anatomy.offer_says.items():
        if not compiled(patterns).search(text.value):
            yield Hit(
                text.place,
                f"the call to action does not say {what}",
                f"say it, as in: {_DECIDES}" if "decides" in what else "say it",
            )


def _forbidden(meta: Meta, case: Case) -> Iterator[Hit]:
    words = _SOLD.sub(lambda found: " " * len(found[0]), meta.value).replace("{clinic}", "        ")
    for what, patterns in case.anatomy.offer_never.items():
        for found in compiled(patterns).finditer(words):
            yield Hit(meta.place, f'a call to action may not hold {what}: "{found[0]}"', "leave it out")
    for use in mentions(words, case.library.vocabulary, "treatment"):
        named = words[use.start : use.end]
        yield Hit(meta.place, f'a call to action may not name a treatment: "{named}"', "offer a consultation only")


RULE = Rule("EV613", "offer-wording", Severity.ERROR, "document", check, __doc__, BAD, GOOD, "offer")
