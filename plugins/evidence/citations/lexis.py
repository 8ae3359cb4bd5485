"""What a single look at the text decides: keys, tags, attributes, math, code, link targets. Each look is bounded.

The rules are those of pandoc's Markdown reader (`Text.Pandoc.Readers.Markdown`, `Text.Pandoc.Parsing`). A function
takes the text, a position and the end of the region, and returns the position after the match, or -1.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from html import unescape
from typing import NamedTuple

REACH = 4000
"""No key, link target, title or tag is longer; a longer look would make a text of openers quadratic."""
SHORT = 300
"""How far a look goes that is most probably in vain."""

PLAIN = re.compile(
    r"""(?:
        [^\W_]++ (?:'(?=[^\W_]))?          # a word, with an apostrophe inside
      | \.(?!\.)                              # a full stop belongs to the word; more of them are an ellipsis
      | -(?![-@]) | !(?!\[)
      | [^\w`*^\[\]!$~<\\@"'&.;-]
    )++""",
    re.VERBOSE,
)
_KEY = re.compile(r"-?@(?:(?P<plain>(?:[^\W_]|[_*])(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+)|(?=\{))")
UNCITED_AT = re.compile(r"@(?:[^\W_]++|[_-][^\W_]++)*+")
GAP = re.compile(r"[ \t]*\n?[ \t]*(?!\n)")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANK = re.compile(r"[ \t]*+")
_NAME = r"[^\W\d_][\w\-:.]*+"
_ATTRIBUTES = re.compile(
    r"\{[ \t]*+\n?[ \t]*+(?:(?:\#[\w\-:.]++|\."
    + _NAME
    + "|"
    + _NAME
    + r"""=(?>"(?!\s)(?:\\[\s\S]|[^"\\])++"|'(?!\s)(?:\\[\s\S]|[^'\\])++'|""|''|[^\s}]*+)|-)[ \t]*+\n?[ \t]*+)*+\}"""
)
_RAW_FORMAT = re.compile(r"\{=[\w-]+\}")
_TAG = re.compile(
    r"""<(?:
        (?P<open>[A-Za-z][\w:-]*+)
          (?:\s++[^\W\d][\w:-]*+ (?:\s*+=\s*+ (?>"[^"]*+"|'[^']*+'|[^\s"'<>][^\s<>]*+))?+ )*+ \s*+ /?>
      | /(?P<close>[A-Za-z][\w:-]*+)(?=[\s/>])[^>]*+>
      | (?P<instruction>\?[^>]*+>)
    )""",
    re.VERBOSE,
)
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*+:[^\s<>]*+|[^\W_][\w.!#$%&'*+/=?^`{|}~-]*@[^\W_][\w.-]*)>")
_MATH = re.compile(
    r"""\$(?![\s$])(?>
        [^\s\\$]++
      | \\text\{(?:[^{}\\]|\\[\s\S]|\{[^{}]*+\})*+\}
      | \\[\s\S]
      | [ \t]*+\r?\n
      | [ \t]++(?!\$)
    )++\$(?!\d)""",
    re.VERBOSE,
)
_UNSHOWN = re.compile(r"<(script|textarea|pre)\b[^<>]*+>", re.IGNORECASE)
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]++\*?)\}")
_TEX = re.compile(r"\\[^\W\d_]++(?:[ \t]*+\*)?\d*+")
_BRACES = re.compile(r"[{}$\\]|%[^\n]*+")
_PAIRED = re.compile(r"[()]|\\[^\w\s]|\n[ \t]*\n")
_ADDRESS = re.compile(r"[^\s()\\]++")
_ANGLED = re.compile(r"<(?:\\[^\w\n]|[^>])*+>")

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "canvas",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "isindex",
        "li",
        "main",
        "menu",
        "meta",
        "nav",
        "noframes",
        "ol",
        "output",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


class Key(NamedTuple):
    """`@key` at a position: the key, whether a `-` suppresses the author, and where it ends."""

    name: str
    suppressed: bool
    end: int


def key_at(text: str, at: int, end: int) -> Key | None:
    """The citation key that starts here, braces taken off. The caller has checked that no word stands before it."""
    found = _KEY.match(text, at, end)
    if found is None:
        return None
    suppressed = text[at] == "-"
    if found["plain"] is not None:
        return Key(found["plain"], suppressed, found.end())
    close = _braced_key_end(text, found.end(), end)
    return Key(text[found.end() + 1 : close - 1], suppressed, close) if close > 0 else None


def _braced_key_end(text: str, at: int, end: int) -> int:
    depth, stop = 0, min(end, at + SHORT)
    if text.find("}", at, stop) < 0:
        return -1
    for here in range(at, stop):
        char = text[here]
        if char.isspace():
            return -1
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return here + 1
    return -1


def gap(text: str, at: int, end: int) -> int:
    """After blanks and at most one line break (pandoc's `spnl`); -1 before a blank line."""
    found = GAP.match(text, at, end)
    return found.end() if found else -1


def attributes(text: str, at: int, end: int) -> int:
    found = _ATTRIBUTES.match(text, at, min(end, at + REACH))
    return found.end() if found else -1


def after_attributes(text: str, at: int, end: int) -> int:
    """After attributes, if there are any here; else `at` itself."""
    if at >= end or text[at] != "{":
        return at
    return max(at, attributes(text, at, end))


def entity(text: str, at: int, end: int) -> tuple[str, int] | None:
    """A character reference that HTML knows, and where it ends."""
    found = ENTITY.match(text, at, end)
    if found is None:
        return None
    meant = unescape(found[0])
    return None if meant == found[0] or (meant.endswith(";") and len(meant) > 1) else (meant, found.end())


def autolink(text: str, at: int, end: int) -> int:
    found = _AUTOLINK.match(text, at, min(end, at + REACH))
    return after_attributes(text, found.end(), end) if found else -1


class Tag(NamedTuple):
    name: str
    opens: bool
    end: int


def tag(text: str, at: int, end: int) -> Tag | None:
    """An HTML tag, as strict as pandoc is (names and attribute names must be names). Comments are not tags."""
    found = _TAG.match(text, at, min(end, at + REACH))
    if found is None or (found["open"] or found["close"] or "?")[-1] == ":":
        return None
    return Tag((found["open"] or found["close"] or "?").lower(), found["open"] is not None, found.end())


class Closers:
    """Where `</script>`, `\\end{table}` and the like stand, so that the end of what they close is never searched for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text.lower()
        self._last: dict[tuple[str, int], int] = {}

    def unshown(self, at: int, end: int) -> int:
        """The end of an element whose content is no Markdown; -1 if none starts here or it is not closed."""
        found = _UNSHOWN.match(self._text, at, min(end, at + REACH))
        return self._end(f"</{found[1].lower()}>", found.end(), end) if found else -1

    def environment(self, at: int, end: int) -> int:
        """The end of `\\begin{x} … \\end{x}`: raw TeX."""
        found = _ENVIRONMENT.match(self._text, at, min(end, at + SHORT))
        return self._end(f"\\end{{{found[1].lower()}}}", found.end(), end) if found else -1

    def _end(self, closer: str, at: int, end: int) -> int:
        if (closer, end) not in self._last:
            self._last[closer, end] = self._lower.rfind(closer, 0, end)
        if self._last[closer, end] < at:
            return -1
        return self._lower.find(closer, at, end) + len(closer)


def tex_command(text: str, at: int, end: int) -> int:
    """`\\command[option]{argument}`: raw TeX, whose arguments are hidden from Markdown."""
    found = _TEX.match(text, at, end)
    if found is None:
        return -1
    here = found.end()
    blank = _BLANK.match(text, here, end)
    after = blank.end() if blank else here
    while after < end and text[after] == "[":
        close = text.find("]", after, min(end, after + REACH))
        if close < 0:
            break
        here = after = close + 1
    while after < end and text[after] == "{":
        close = _group_end(text, after, end)
        if close < 0:
            return here if here > found.end() else -1
        here = after = close
    return max(here, after)


def _group_end(text: str, at: int, end: int) -> int:
    depth, here, stop, dollars = 0, at, min(end, at + 3 * SHORT), 0
    if text.find("}", at, stop) < 0:
        return -1
    while found := _BRACES.search(text, here, stop):
        here = found.end() + (found[0] == "\\")
        depth += (found[0] == "{") - (found[0] == "}")
        dollars += found[0] == "$"
        if depth == 0:
            return here if dollars % 2 == 0 else -1
    return -1


def math(text: str, at: int, end: int, last_double: int) -> int:
    """`$$…$$` or `$…$`, by pandoc's dollar rule. `last_double` is where the region's last `$$` stands."""
    if text.startswith("$$", at) and not text.startswith("$$", at + 2) and last_double >= at + 3:
        close = text.find("$$", at + 3, end)
        if close > 0:
            return close + 2
    found = _MATH.match(text, at, end)
    return found.end() if found else -1


class Backticks:
    """All runs of backticks of a text, so that the end of a code span is looked up and never searched for."""

    def __init__(self, text: str) -> None:
        self._text = text
        runs = [found.span() for found in re.finditer("`+", text)]
        self._starts = [start for start, _ in runs]
        self._ends = [end for _, end in runs]
        self._by_length: dict[int, list[int]] = {}
        for start, end in runs:
            self._by_length.setdefault(end - start, []).append(start)

    def code(self, at: int, end: int) -> tuple[int, int, int] | None:
        """Where the code in the span that opens here starts and ends, and where the span with its attributes ends."""
        inner = min(self._ends[bisect_right(self._starts, at) - 1], end)
        closers = self._by_length.get(inner - at, [])
        found = bisect_left(closers, inner)
        if found == len(closers) or closers[found] + inner - at > end:
            return None
        close = closers[found]
        after = close + inner - at
        raw = _RAW_FORMAT.match(self._text, after, end)
        return inner, close, raw.end() if raw else after_attributes(self._text, after, end)


class Targets:
    """The rest of inline links, `(address "title")`. Knows all pairs of parentheses, so that none is looked for twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pairs: dict[int, int] | None = None

    def end(self, at: int, end: int) -> int:
        if at >= end or self._text[at] != "(":
            return -1
        end = min(end, self._bound(at))
        here = _skip(self._text, at + 1, end)
        if self._text.startswith("<", here) and (close := _angled(self._text, here, end)) > 0:
            return _finish(self._text, close, end)
        return _finish(self._text, self._address(here, end), end)

    def _bound(self, at: int) -> int:
        """How far to look: a parenthesis without a partner can only be saved by a title or an address in brackets."""
        if self._pairs is None:
            self._pairs = _parentheses(self._text)
        if at in self._pairs:
            return at + REACH
        return at + SHORT if re.search("[\"'<]", self._text[at : at + SHORT]) else at

    def _address(self, at: int, end: int) -> int:
        text, here = self._text, at
        while here < end:
            char = text[here]
            if char == ")":
                break
            if char in " \t":
                after = _skip(text, here, end)
                if text[after : after + 1] in ('"', "'", ")", ""):
                    break
                here = after
            elif char == "\n" and _title_after_gap(text, here, end) > 0:
                break
            elif char == "(":
                here = (self._pairs or {}).get(here, here) + 1
            elif char == "\\":
                here += 1 if text[here + 1 : here + 2].isalnum() else 2
            else:
                found = _ADDRESS.match(text, here, end)
                here = found.end() if found else here + 1
        return min(here, end)


def _parentheses(text: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _PAIRED.finditer(text):
        if found[0] == "(":
            opened.append(found.start())
        elif found[0] == ")" and opened:
            pairs[opened.pop()] = found.start()
    return pairs


def _skip(text: str, at: int, end: int) -> int:
    found = _BLANK.match(text, at, end)
    return found.end() if found else at


def _angled(text: str, at: int, end: int) -> int:
    found = _ANGLED.match(text, at, end)
    return found.end() if found else -1


def _finish(text: str, at: int, end: int) -> int:
    """An optional title, blanks, and the closing parenthesis."""
    title = _title_after_gap(text, at, end)
    here = _skip(text, title if title > 0 else at, end)
    return here + 1 if here < end and text[here] == ")" else -1


def _title_after_gap(text: str, at: int, end: int) -> int:
    start = gap(text, at, end)
    return _title(text, start, end, 0) if 0 <= start < end and text[start] in "\"'" else -1


def _title(text: str, at: int, end: int, depth: int) -> int:
    quote, here = text[at], at + 1
    if here < end and text[here].isspace():
        return -1
    while here < end:
        char = text[here]
        if char == quote:
            if not text[here + 1 : here + 2].isalnum():
                return here + 1
            nested = _title(text, here, end, depth + 1) if depth < 3 else -1
            here = nested if nested > 0 else here + 1
        else:
            here += 2 if char == "\\" and not text[here + 1 : here + 2].isalnum() else 1
    return -1
