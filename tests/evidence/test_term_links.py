"""Links to the glossary, however a page is read: the same as by the plain but slow way, written down here."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from evidence.glossary import ADDRESS, Term
from evidence.term_links import TermLinks, _forms
from hypothesis import example, given, settings
from hypothesis import strategies as st

TERMS = (
    Term("ma", "migraine attack", "m", ("attack",)),
    Term("m", "Migraine", "m"),
    Term("ar", "attack rate", "m"),
    Term("ms", "status migrainosus", "m", short="MS"),
    Term("n", "number needed to treat", "m", ("number",), "NNT"),
    Term("s", "stra\N{LATIN SMALL LETTER SHARP S}e", "m", ("kelvin", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}x")),
)
WORDS = (
    *(
        "migraine attack",
        "Migraine",
        "migraine",
        "attack",
        "attack rate",
        "rate",
        "MS",
        "ms",
        "Ms",
        "NNT",
        "number needed to treat",
    ),
    *(
        "number",
        " ",
        " ",
        "-",
        ".",
        "&amp;",
        "&#8212;",
        "&nbsp;",
        "AT&T",
        "& ",
        "<p>",
        "</p>",
        '<a href="#x">',
        "</a>",
        "<h2>",
    ),
    *(
        "</h2>",
        "<br>",
        "<br />",
        '<span class="cites">',
        "</span>",
        "<span>",
        "<code>",
        "</code>",
        "<!-- number -->",
        "<B>",
        "<",
        ">",
    ),
    *(
        "\N{LATIN SMALL LETTER LONG S}tra\N{LATIN SMALL LETTER SHARP S}e",
        "\N{KELVIN SIGN}elvin",
        "kelvin",
        "i\u0307x",
        "</p >",
        "<a/>",
    ),
    *(
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}x",
        "ix",
        "<p title='number'>",
        '<p title="number">',
        "&amp",
        "&x_y;",
    ),
)


class _Slow(HTMLParser):
    """Each stretch of text is searched with a pattern of the terms that are still to be linked."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._open = {form: term for term in terms for form in _forms(term)}
        self._apart: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        stands_apart = tag in "a abbr button caption code h1 h2 h3 h4 h5 h6 pre svg th".split()
        if tag not in ("br", "hr", "img", "input", "wbr") and (
            self._apart or stands_apart or dict(attrs).get("class") == "cites"
        ):
            self._apart.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in self._apart:
            while self._apart.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.out.append(data if self._apart or not self._open else self._linked(data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def _linked(self, text: str) -> str:
        longest_first = sorted(self._open, key=len, reverse=True)
        choice = "|".join(re.escape(form) for form in longest_first)
        pieces, last = [], 0
        for found in re.finditer(rf"(?<![\w-])(?:{choice})(?![\w-])", text, re.IGNORECASE):
            term = self._open.get(found[0]) or self._open.get(found[0].lower())
            if term is None:
                continue
            pieces += [text[last : found.start()], f'<a class="term" href="../{ADDRESS}#{term.id}">{found[0]}</a>']
            last = found.end()
            self._open = {form: other for form, other in self._open.items() if other is not term}
        return "".join([*pieces, text[last:]])


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join), st.integers(3, len(TERMS)))
@example("<p>migraine attack</p><p>migraine attack</p><p>attack rate</p>", 6)
@example("<p>number needed to treat, number needed</p>", 6)
def test_the_same_is_linked(html: str, count: int) -> None:
    slow = _Slow(TERMS[:count])
    slow.feed(html)
    slow.close()
    assert TermLinks(TERMS[:count])(html, "../") == "".join(slow.out)


def test_without_terms_a_page_stays_as_it_is() -> None:
    assert TermLinks(())("<p>a <b", "../") == "<p>a <b"
