"""Exemptions and headlines by the thousand in one article: each is held against its own sentence, not against all; and what a reason
may name."""

from __future__ import annotations

from evidence.carrying import Sayings, carries
from evidence.checking import check
from evidence.exemptions import Exemptions, extents, holding
from evidence.markup import render
from evidence.model import Case, Library, Place, Policy
from evidence.reading import read
from evidence.rules import RULES
from patience import patience

HEAD = "---\ntitle: T\ndate: 2026-11-24\n---\n\n"
SENTENCE = "Drips ease pain by {} points. <!-- allow EV101: reason {} -->\n"


def test_thousands_of_exemptions_in_one_paragraph_each_hold_for_their_sentence() -> None:
    count = 3_000
    text = (
        HEAD
        + "<!-- allow EV501: for the whole paragraph -->\n\n"
        + "".join(SENTENCE.format(n, n) for n in range(count))
    )
    document = read(text, "content/articles/x.md")
    with patience():
        known = Exemptions((document,))
        for line in range(8, 8 + count):
            place = Place(document.path, line, 1, line, 30)
            assert [one.reason for one in holding(document, place)] == [
                "for the whole paragraph",
                f"reason {line - 8}",
            ]
            assert known.holds("EV101", place)
            assert known.holds("EV501", place)
            assert not known.holds("EV102", place)
        assert not list(known.idle(("EV101", "EV501")))


def test_what_ends_where_another_begins_holds_for_one_only() -> None:
    document = read(HEAD + SENTENCE.format(1, 1) + SENTENCE.format(2, 2) + "\nThe rest.\n", "content/articles/x.md")
    for number, (_, extent) in enumerate(extents(document)):
        inside = Place(document.path, extent.end_line, extent.end_column - 1)
        assert [one.reason for one in holding(document, inside)] == [f"reason {number + 1}"]
        assert holding(document, Place(document.path, extent.end_line, extent.end_column)) == ()
    assert holding(document, Place(document.path, 9, 1)) == ()


def test_thousands_of_headlines_are_held_against_thousands_of_sentences() -> None:
    cited = [f"Drips eased pain by {n} points in trial{n} among adults." for n in range(8_000)]
    with patience():
        sayings = Sayings(cited)
        assert all(sayings.carry(f"Drips ease pain by {n} points") for n in range(8_000))
        assert not any(sayings.carry(f"Drips ease pain by {n} points") for n in range(8_000, 16_000))
        assert not any(sayings.carry(f"Salt{n} water{n} lowers fever{n} in children{n}") for n in range(8_000))


def test_each_against_all_is_what_each_against_the_near_ones_is() -> None:
    words = ("drips", "ease", "pain", "not", "12", "4.5", "the", "eased", "fever", "in", "adults")
    texts = [" ".join(words[(n * k + k) % len(words)] for k in range(1, 2 + n % 5)) for n in range(60)]
    for number in range(0, 60, 7):
        cited = texts[number : number + 9]
        for claim in texts:
            assert Sayings(cited).carry(claim) is any(carries(one, claim) for one in cited), (cited, claim)


def test_what_an_exemption_names_in_its_reason_acts_nowhere_and_what_follows_its_end_does() -> None:
    def told(text: str) -> set[str]:
        document = read(HEAD + text, "content/articles/x.md")
        case = Case((document,), Library({}), Policy(), files=frozenset())
        html = render(document, Library({})).html
        codes = {one.code for one in check(case, RULES).problems} & {"EV104", "EV644"}
        assert ("<script" in html) <= ("EV104" in codes)
        return codes

    tags = "<script>x()</script> <img src=a> ![](a.svg)"
    assert told(f"Drips cure pain. <!-- allow EV101: it says {tags} there -->\n") == set()
    assert told(f"<!-- allow EV101: it says {tags} there -->\n\nDrips cure pain.\n") == set()
    assert told("Drips cure pain. <!-- allow EV101: a --!><script>x()</script> -->\n") == {"EV104"}
    assert told(f"Drips cure pain. <!-- allow EV101: a --> {tags}\n") == {"EV104", "EV644"}
    assert told("Drips cure pain. <!-- a note: <script>x()</script> -->\n") == {"EV104"}
