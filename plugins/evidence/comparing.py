"""Is this the work the entry means? Titles, names and years compared as two catalogues write them.

The same title comes with and without its subtitle, in capitals, with HTML, with other dashes, quotes and accents, in
British and American spelling, with "RETRACTED:" before it. Another title has other words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from evidence.model import Name

ALIKE = 0.9
"""Share of characters that two spellings of one title have in common at least."""
_YEAR = re.compile(r"[0-9]{1,4}")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NOTICE = re.compile(
    r"^\W*(?:retracted(?: article| chapter| paper| and re(?:placed|published))?|withdrawn(?: article)?|removed"
    r"|expression of concern)\s*[:.\-–—\])]+\s*",
    re.I,
)
_END_MARK = re.compile(r"\s*[\[(](?:retracted(?: article)?[^\])]*|retraction[^\])]*|withdrawn)[\])]\.?$", re.I)
_SUBTITLE = re.compile(r"\s*(?:[:.?!;–—(\[]|\s-)\s+|\s+[(\[]|\s+[–—]\s*")
_SILENT = re.compile(r"\\(?:emph|text\w*|math\w*|it|bf)(?![a-z])|[$\\{}'‘’ʼ`]")
"""What makes no difference to the words: LaTeX commands, apostrophes."""
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
    | dict(zip("αβγδεκλμπσω", "alpha beta gamma delta epsilon kappa lambda mu pi sigma omega".split(), strict=True))
)


def unmarked(text: str) -> str:
    """The text without HTML, MathML and notices ("RETRACTED: …"), on one line, otherwise as written."""
    bare = _TAG.sub("", html.unescape(html.unescape(text)))
    return _END_MARK.sub("", _NOTICE.sub("", " ".join(bare.split())))


def says_retracted(title: str) -> bool:
    """Whether a title carries the notice that publishers put there: "RETRACTED: …", "… [Retracted]". A work that was retracted and
    replaced still stands, and a Cochrane review is withdrawn when it is out of date."""
    bare = " ".join(_TAG.sub("", html.unescape(title)).split()).strip("{}")
    found = [match[0].lower() for pattern in (_NOTICE, _END_MARK) if (match := pattern.search(bare))]
    return any("retracted" in one and "retracted and re" not in one for one in found)


def words(text: str) -> str:
    """Lower-case words of plain letters and digits, one space between them."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ").translate(_LETTERS))
    plain = "".join(char for char in letters if not unicodedata.combining(char)).translate(_LETTERS)
    return " ".join(re.findall(r"[^\W_]+", _SILENT.sub("", plain)))


def same_title(one: str, other: str) -> bool:
    """Whether two titles may be of one work."""
    first, second = unmarked(one), unmarked(other)
    whole, other_whole = words(first), words(second)
    if not whole or not other_whole:
        return not whole and not other_whole
    return _alike(whole, other_whole) or whole in _shortened(second) or other_whole in _shortened(first)


def _shortened(title: str) -> tuple[str, ...]:
    """The title without its last parts (subtitles), as far as two words are left."""
    cuts = [words(title[: found.start()]) for found in _SUBTITLE.finditer(title)]
    return tuple(cut for cut in cuts if len(cut.split()) >= 2)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return False
    numbers = [sorted(re.findall(r"\d+", text)) for text in (one, other)]
    match = SequenceMatcher(None, min(one, other), max(one, other), autojunk=False)
    return numbers[0] == numbers[1] and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE


def same_name(one: Name, other: str) -> bool:
    """Whether a family name, with or without particles and second names, may be that of the other catalogue."""
    first, second = (set(words(text).split()) for text in (f"{one.particle} {one.family}", other))
    joined = {text.replace(" ", "") for text in (words(one.family), words(f"{one.particle} {one.family}"))}
    return not first or not second or bool(first & second - _PARTICLES) or words(other).replace(" ", "") in joined


_PARTICLES = frozenset("de da do dos del della di du la le van von der den ter ten al el bin ibn st".split())


def year_of(text: str) -> int | None:
    """The year an entry gives, in at most four plain digits; None for any other words, `20²0` and `in press` among them."""
    return int(text) if _YEAR.fullmatch(text) else None


def same_year(year: str, others: Iterable[str]) -> bool:
    """Whether a year is within one of any of the others: online and in print often differ by that."""
    own, known = year_of(year), [found for other in others if (found := year_of(other)) is not None]
    return own is None or not known or any(abs(own - other) <= 1 for other in known)
