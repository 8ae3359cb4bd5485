"""LaTeX in a field → plain Unicode. latexcodec knows the accents and symbols; the rest is a few commands and braces."""

from __future__ import annotations

import codecs
import re

import latexcodec  # noqa: F401 (registers the codec)

_PLAIN = re.compile(r"[\\{}$~]|--|``|''")
_DOTLESS = re.compile(r"(\\[\"'`^=~.uvHcbdr])\s*(?:\{\s*\\([ij])\s*\}|\\([ij])(?![a-zA-Z])\s*)")
_LINK = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?[ \t]*")
_ESCAPED = re.compile(r"\\([&%$#_{}~^ ,;:!/@-])")
_ADDRESS_FIELDS = frozenset({"url", "doi", "pmid", "pmcid", "isbn", "issn", "eprint", "file", "urldate", "date"})


def plain(text: str, field: str = "") -> str:
    """The field's words without LaTeX, white space folded. Addresses and numbers only lose their escapes."""
    if not _PLAIN.search(text):
        return " ".join(text.split())
    if field in _ADDRESS_FIELDS:
        bare = _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text.replace("{\\textasciitilde}", "~")))
        return "".join(bare.replace("{", "").replace("}", "").split()) if field != "date" else bare.strip("{} ")
    text = _DOTLESS.sub(lambda found: f"{found[1]}{{{found[2] or found[3]}}}", text)
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_ESCAPED.sub(r"\1", found[found.lastindex or 1]))
        return f"\x00{len(kept) - 1}\x00"

    text = _LINK.sub(keep, _HREF.sub(lambda found: found[2], text))
    text = _decoded(text)
    text = re.sub(r"\\([{}])", lambda found: {"{": "\x01", "}": "\x02"}[found[1]], text)
    text = _ESCAPED.sub(r"\1", _COMMAND.sub("", text))
    text = text.replace("{", "").replace("}", "").replace("$", "").replace("\\", "")
    text = re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], text.replace("\x01", "{").replace("\x02", "}"))
    return " ".join(text.replace("\xa0", " ").split())


def _decoded(text: str) -> str:
    try:
        return codecs.decode(text, "ulatex")  # type: ignore[no-any-return, call-overload]
    except (ValueError, UnicodeError):
        return text
