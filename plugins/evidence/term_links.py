"""Links from a page to the glossary, at the first use of each term.

The words of the terms are sought in the stretches of text between tags. Plain HTML is taken apart quickly, all other by Python's
parser; the same is linked either way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser

from evidence.glossary import ADDRESS, Term
from evidence.tags import is_plain, name_of, split

_APART = frozenset("a abbr button caption code h1 h2 h3 h4 h5 h6 pre svg th".split())
"""Where no link is made: in links and code, and where it would be in the way."""
_VOID = frozenset("br hr img input wbr".split())
_CITES = re.compile(r'[ \n]class="cites"')
_REFERENCE = r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);"
_REFERENCES = re.compile(f"({_REFERENCE})")
_ODD = re.compile(
    rf"&(?!{_REFERENCE[1:]})|<!doctype|</[a-z0-9]*[^a-z0-9>]|<(?:script|style|textarea|title)\b", re.IGNORECASE
)
"""What is plain, and Python's parser still would not copy as it stands."""


class TermLinks:
    """Puts the links into pages; made once for all pages of a site."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.forms = {form: term for term in terms for form in _forms(term)}
        """The forms of the terms as they may be linked."""
        self.known = {form.lower(): term for form, term in self.forms.items()}
        longest_first = sorted(self.forms, key=len, reverse=True)
        self.shorter = {
            known: [one for one in map(str.lower, longest_first) if known.startswith(one) and one != known]
            for known in self.known
        }
        """Other forms that the small letters of a form begin with."""
        self.pattern = pattern_of(longest_first)

    def __call__(self, html: str, up: str) -> str:
        """The HTML of a page with the first use of each term linked. `up` leads from the page to the site, such as `../`."""
        if not self.forms:
            return html
        page = _Page(self, up)
        if is_plain(html) and not _ODD.search(html):
            return "".join(page.copied(split(html))) if self.pattern.search(html) else html
        reader = _Reader(page)
        reader.feed(html)
        reader.close()
        return "".join(reader.out)


def _forms(term: Term) -> tuple[str, ...]:
    """As they may stand in a text: words with a small or a capital first letter, abbreviations as they are."""
    words = tuple(form for one in (term.term, *term.also) for form in (one, one.lower()))
    return (*words, *filter(None, (term.short,)))


def pattern_of(longest_first: Sequence[str]) -> re.Pattern[str]:
    """Any of the forms, in any letters. They are grouped by their first letter, so that few must be tried at each word."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form in longest_first:
        groups[form[0].lower()].append(re.escape(form[1:]))
    if all(letter.isascii() for letter in groups):
        choice = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in groups.items())
    else:
        choice = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])", re.IGNORECASE)


class _Page:
    """One page: which terms are linked by now, and in which elements the reader is that stand apart."""

    def __init__(self, links: TermLinks, up: str) -> None:
        self._links = links
        self._address = escape(up + ADDRESS)
        self._done: set[str] = set()
        self._apart: list[str] = []

    def copied(self, parts: Sequence[str]) -> Iterator[str]:
        """Plain HTML with the links. `parts` are text, tag, text … of it."""
        for number, part in enumerate(parts):
            if number % 2:
                yield f"<{part}>"
                self._tag(part, name_of(part))
            elif part and not self._apart:
                yield from map(self.linked, _REFERENCES.split(part)) if "&" in part else (self.linked(part),)
            else:
                yield part

    def _tag(self, tag: str, name: str) -> None:
        if name.startswith("/"):
            self.end(name[1:])
        elif name and not tag.endswith("/"):
            self.start(name, cites=_CITES.search(tag) is not None)

    def start(self, name: str, *, cites: bool) -> None:
        if name not in _VOID and (self._apart or cites or name in _APART):
            self._apart.append(name)

    def end(self, name: str) -> None:
        if name in self._apart:
            while self._apart.pop() != name:
                pass

    def linked(self, text: str) -> str:
        """A stretch of text with its links. A term that was linked before is not looked for, so that a shorter one may
        be found in its place; one that is linked in this stretch still is, and hides what stands in it."""
        if self._apart or not self._links.pattern.search(text):
            return text
        before, pieces, last = frozenset(self._done), [], 0
        for start, end in self._found(text, before):
            term = self._open(text[start:end])
            if term is None:
                continue  # an abbreviation in other letters, or a term linked by now
            link = f'<a class="term" href="{self._address}#{term.id}">{text[start:end]}</a>'
            pieces += [text[last:start], link]
            last = end
            self._done.add(term.id)
        return "".join([*pieces, text[last:]])

    def _open(self, words: str) -> Term | None:
        known = (self._links.forms.get(words), self._links.forms.get(words.lower()))
        return next((one for one in known if one and one.id not in self._done), None)

    def _found(self, text: str, before: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where forms of the terms stand that were not linked `before`: of each place the longest form."""
        place = 0
        while found := self._links.pattern.search(text, place):
            small = found[0].lower()
            term = self._links.known.get(small)
            if term is None or len(small) != len(found[0]):
                yield from self._found_slowly(text, before, found.start())
                return
            end = found.end() if term.id not in before else self._shorter(text, found.start(), small, before)
            if end:
                yield found.start(), end
            place = end or found.start() + 1

    def _shorter(self, text: str, start: int, small: str, before: frozenset[str]) -> int:
        """The end of the longest form at a place that is shorter and of a term not linked before; 0 if there is none."""
        for form in self._links.shorter[small]:
            end = start + len(form)
            follows = text[end : end + 1]
            if self._links.known[form].id not in before and not (follows == "-" or re.match(r"\w", follows)):
                return end
        return 0

    def _found_slowly(self, text: str, before: frozenset[str], place: int) -> Iterator[tuple[int, int]]:
        """For letters whose small ones are others than the pattern takes for the same."""
        forms = [form for form, term in self._links.forms.items() if term.id not in before]
        if forms:
            pattern = pattern_of(sorted(forms, key=len, reverse=True))
            yield from (found.span() for found in pattern.finditer(text, place))


class _Reader(HTMLParser):
    """Copies HTML as it is, but for the links in its prose."""

    def __init__(self, page: _Page) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        self._page.start(tag, cites=dict(attrs).get("class") == "cites")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        self._page.end(tag)

    def handle_data(self, data: str) -> None:
        self.out.append(self._page.linked(data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")
