"""LaTeX in a field → plain Unicode: accents, symbols, quotation marks and dashes; of other commands the words stay.

One pass, linear, without recursion. What is not known loses its backslash command and keeps its argument, so that a title
can lose markup but never words. latexcodec (which pybtex brings along) knows the rarer symbols.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

import latexcodec  # noqa: F401 (registers the codec)

_PLAIN = re.compile(r"[\\{}$~`]|--|''")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_TOKEN = re.compile(
    r"\\(?:url|path|nolinkurl)\s*\{(?P<verbatim>[^{}]*)\}"
    r"|\\(?:href|noopsort|sortnoop)\s*\{[^{}]*\}"
    r"|\\texorpdfstring\s*\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\\(?P<command>[A-Za-z]+)\*?\s*"
    r"|\\(?P<escaped>.)"
    r"|(?P<mark>[{}$~^_]|``|''|---?|[!?]?`)"
    r"|(?P<text>[^\\{}$~^_`'!?-]+|['!?-])",
    re.DOTALL,
)
_ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "k": "\u0328", "G": "\u030f", "U": "\u030e", "t": "\u0361",
}  # fmt: skip
_BARE_ACCENTS = {"\u0303": "~", "\u0302": "^"}  # `\~{}` is how a tilde itself is written
_SYMBOLS = {
    "textgreater": ">", "textless": "<", "textbar": "|", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textunderscore": "_", "textdollar": "$", "lbrace": "{", "rbrace": "}",
    "textbraceleft": "{", "textbraceright": "}", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"',
    "endash": "–", "emdash": "—", "dots": "…", "textellipsis": "…", "le": "≤", "ge": "≥", "circ": "°", "degree": "°",
    "textcelsius": "°C", "euro": "€", "texteuro": "€", "slash": "/", "ng": "ŋ", "NG": "Ŋ", "textmu": "µ",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textsinglequote": "'", "lq": "‘", "rq": "’",
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›",
    "i": "ı", "j": "ȷ", "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ", "space": " ", "newline": " ",
    "par": " ", "linebreak": " ", "newblock": " ", "hfill": " ", "xspace": "",
}  # fmt: skip
_DRESS = frozenset(
    # print nothing by themselves; of every other command without an argument the name is shown rather than lost
    """
    ensuremath protect relax bf it em rm sc tt sl sf cal bfseries mdseries itshape slshape upshape scshape rmfamily
    sffamily ttfamily normalfont boldmath unboldmath tiny scriptsize footnotesize small normalsize large Large LARGE huge
    Huge left right big Big bigl bigr displaystyle textstyle limits nolimits noindent allowbreak break nobreak unskip
    ignorespaces penalty selectlanguage nocase
    """.split()
)
_MARKS = {"~": " ", "``": "“", "''": "”", "--": "–", "---": "—", "`": "‘", "!`": "¡", "?`": "¿"}
_ESCAPES = {" ": " ", ",": " ", ";": " ", ":": " ", "\\": " ", "\n": " "} | {char: char for char in "&%$#_{}"}
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SCRIPTS = {"^": _RAISED, "_": _LOWERED, "textsuperscript": _RAISED, "textsubscript": _LOWERED}
_ADDRESS_FIELDS = frozenset({"url", "doi", "pmid", "pmcid", "isbn", "issn", "eprint", "file", "urldate", "date"})
_TILDE = re.compile(r"\{?\\textasciitilde\s*\}?(?:\{\})?|\$\\sim\$|\{?\\~\s*\{\s*\}\}?")
_LINK = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([&%$#_{}~^ ,;:!/@-])")


def plain(text: str, field: str = "") -> str:
    """The field's words without LaTeX, white space folded. Addresses and numbers only lose their escapes."""
    text = _UNPRINTABLE.sub("", text)
    if not _PLAIN.search(text):
        return " ".join(text.split())
    words = _address(text) if field in _ADDRESS_FIELDS else _Reader(text).words()
    return " ".join(words.split())


def _address(text: str) -> str:
    text = _LINK.sub(r"\1", _TILDE.sub("~", text).replace("\\textunderscore", "_"))
    return _ESCAPED.sub(r"\1", text).replace("{", "").replace("}", "")


class _Reader:
    """Reads tokens left to right. `_accents` wait for the next letter; `_script` holds for one letter or one group."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._accents: list[str] = []
        self._groups: list[tuple[dict[int, int] | None, str]] = []
        self._closer = ""
        self._script: dict[int, int] | None = None
        self._ahead: dict[int, int] | None = None
        self._dollars = len(re.findall(r"(?<!\\)\$", text)) % 2 == 0
        self._math = False
        self._quotes = "`" in text

    def words(self) -> str:
        for found in _TOKEN.finditer(self._text):
            kind = found.lastgroup
            if kind == "verbatim":
                self._out.append(_ESCAPED.sub(r"\1", found["verbatim"]))
            elif kind == "command":
                self._command(found["command"], self._text[found.end() : found.end() + 1] == "{")
            elif kind == "escaped":
                self._escaped(found["escaped"])
            elif kind == "mark":
                self._mark(found["mark"])
            elif kind == "text":
                self._put(found["text"])
        return unicodedata.normalize("NFC", "".join(self._out))

    def _command(self, name: str, has_argument: bool) -> None:
        if name in _ACCENTS:
            self._accents.append(_ACCENTS[name])
        elif name in _SCRIPTS:
            self._ahead = _SCRIPTS[name]
        elif name in ("enquote", "mkbibquote") and has_argument:
            self._closer = "”"
            self._put("“")
        elif (symbol := _symbol(name)) or has_argument or name in _DRESS or name in _SYMBOLS:
            self._put(symbol)
        else:
            self._put(f"{name} ")

    def _escaped(self, char: str) -> None:
        if char in _ACCENTS:
            self._accents.append(_ACCENTS[char])
        else:
            self._put(_ESCAPES.get(char, ""))

    def _mark(self, mark: str) -> None:
        if mark == "{":
            self._groups.append((self._script, self._closer))
            self._script, self._ahead, self._closer = self._ahead or self._script, None, ""
        elif mark == "}":
            self._put("".join(_BARE_ACCENTS.get(accent, "") for accent in self._accents[-1:]), accented=False)
            self._script, closer = self._groups.pop() if self._groups else (None, "")
            self._put(closer)
        elif mark == "$" and self._dollars:
            self._math = not self._math
        elif mark in "^_" and self._math:
            self._ahead = _SCRIPTS[mark]
        else:
            self._put(_MARKS.get(mark, mark))

    def _put(self, words: str, *, accented: bool = True) -> None:
        if self._accents and accented:
            words = words.lstrip()
            if not words:
                return
            first = {"ı": "i", "ȷ": "j"}.get(words[0], words[0])
            words = first + "".join(reversed(self._accents)) + words[1:]
        self._accents = []
        if self._quotes:
            words = words.replace("'", "’")
        if self._math and words == "-":
            words = "−"
        if self._ahead is not None and words:
            words, self._ahead = words[:1].translate(self._ahead) + words[1:], None
        elif self._script is not None:
            words = words.translate(self._script)
        self._out.append(words)


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str:
    """What a command prints by itself; nothing for one that only dresses its argument."""
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    for form in (f"\\{name}", f"$\\{name}$", f"$\\{name.removeprefix('text')}$"):
        decoded: str = codecs.decode(form, "ulatex")  # type: ignore[call-overload]
        if "\\" not in decoded:
            return decoded.strip("$ ")
    return ""
