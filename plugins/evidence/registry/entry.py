"""A work found → a bibliography entry with a stable key, and a stub for its source note. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from unidecode import unidecode

from evidence.comparing import unmarked, words
from evidence.model import Name
from evidence.registry.works import Work

_SKIPPED = frozenset(
    # words that many titles share, so that the key says what this one is about
    """
    a about acute after among analysis and are as associated at attack attacks been between blind but by case clinical cohort
    compared comparison controlled department double effect effectiveness effects efficacy emergency evaluation for from has
    headache headaches how in intravenous into is its management meta migraine of on open or outcomes patients pilot placebo
    position practice prospective randomised randomized report results review role safety series single statement study
    systematic that the their therapy to treatment trial trials use used using versus via vs was were what when with without
    """.split()
)
_LONG = 4
_ESCAPED = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "{": "",
        "}": "",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_VERBATIM = frozenset({"doi", "url", "pmid", "pmcid", "isbn", "eprint"})
_ORDER = "author title journal booktitle year edition volume number pages publisher address doi pmid pmcid isbn eprint eprinttype eprintclass url".split()
_DESIGNS = {
    # PubMed's publication types, from the most telling to the least
    "Practice Guideline": "guideline",
    "Guideline": "guideline",
    "Network Meta-Analysis": "network meta-analysis",
    "Meta-Analysis": "meta-analysis",
    "Systematic Review": "systematic review",
    "Randomized Controlled Trial": "randomised trial",
    "Case Reports": "case report",
    "Editorial": "editorial",
}


def key_for(work: Work, taken: Iterable[str]) -> str:
    """Family name, year and the first telling word of the title, such as `balbin2016fluids`; `b`, `c` … if it is taken."""
    known = {key.lower() for key in taken}
    family = words(work.authors[0].family) if work.authors else ""
    body = work.authors and work.authors[0].body
    if body:
        family = "".join(word[0] for word in family.split() if word not in ("of", "the", "and", "for"))
    title = words(unmarked(work.title)).split()
    telling = next((word for word in title if len(word) >= _LONG and word not in _SKIPPED and not word.isdigit()), "")
    parts = (_ascii(family) or "anonymous", _year(work) or "nd", _ascii(telling or (title or ["work"])[0]))
    base = "".join(parts)
    endings = ("", *"bcdefghijklmnopqrstuvwxyz", *(f"x{number}" for number in range(1, 1000)))
    return next(f"{base}{ending}" for ending in endings if f"{base}{ending}".lower() not in known)


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unidecode(text).lower())


def _year(work: Work) -> str:
    """The year of the issue rather than of its first appearance online."""
    return max(work.years, default="")


def bibtex(work: Work, key: str) -> str:
    """The entry as text, laid out as by hand."""
    fields = {name: _value(name, value) for name, value in work.fields.items() if name in _ORDER}
    fields["title"] = _protected(unmarked(work.title))
    fields["year"] = _year(work)
    fields["author"] = " and ".join(_name(name) for name in work.authors)
    shown = [(name, fields[name]) for name in _ORDER if fields.get(name)]
    width = max(len(name) for name, _ in shown)
    return "".join(
        [f"@{work.type}{{{key},\n", *(f"  {name:{width}} = {{{value}}},\n" for name, value in shown), "}\n"]
    )


def _value(name: str, value: str) -> str:
    return re.sub(r"[{}\\\s]", "", _visible(value)) if name in _VERBATIM else _protected(value)


def _visible(text: str) -> str:
    """On one line, without control, formatting and private characters, which catalogues pass on from typesetting."""
    plain = " ".join(text.split())
    return "".join(char for char in plain if not unicodedata.category(char).startswith("C"))


def _escaped(text: str) -> str:
    return " ".join(_visible(text).translate(_ESCAPED).split())


def _protected(text: str) -> str:
    """LaTeX's own characters escaped, and abbreviations in braces, so that no style lowers them."""
    pieces = re.split(r"(\s+)", _escaped(text))
    return "".join(
        re.sub(r"\b([A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*)\b", r"{\1}", piece)
        if "\\" not in piece
        else piece
        for piece in pieces
    )


def _name(name: Name) -> str:
    if name.body:
        return f"{{{_escaped(name.family)}}}"
    parts = (name.family, name.suffix, name.given)
    return ", ".join(_escaped(part) for part in parts if part)


def note_stub(work: Work, key: str) -> str:
    """The text of `content/sources/<key>.toml`: what is known already, and what the editors must fill in."""
    design = design_of(work.kinds)
    known = (
        f'design = "{design}"   # as PubMed has it; check it'
        if design
        else 'design = ""   # fill in, such as "randomised trial"'
    )
    title = _visible(unmarked(work.title))
    return f"""\
# {title}
# What the editors know about {key}. `evidence explain EV310` lists the words that are allowed.
{known}
# participants = 49
# population = "adults with migraine in emergency departments"
# treatments = ["iv-fluids"]
# funding = "none declared"
#
# [[finding]]
# id = "pain-60min"
# outcome = "pain at 60 minutes"
# effect = "no difference"
# statement = ""
# locator = "abstract"
"""


def design_of(kinds: Sequence[str]) -> str:
    """The design that PubMed's publication types tell; empty if they do not."""
    return next((design for kind, design in _DESIGNS.items() if kind in kinds), "")


def appended(data: bytes, entry: str) -> bytes:
    """A bibliography's bytes with the entry after them: not a byte before it is changed, its line ends are kept to."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data.strip() else end if data.endswith((b"\n", b"\r")) else end * 2
    return data + gap + entry.encode().replace(b"\n", end)


def lacking(work: Work, required: Mapping[str, Sequence[str]]) -> list[str]:
    """What the entry lacks of what a reader needs, by the entry's type."""
    needed = ["title", "author", "year", *required.get(work.type, ())]
    have = {"title": work.title, "author": work.authors, "year": work.years, **work.fields}
    return [name for name in needed if not have.get(name)]
