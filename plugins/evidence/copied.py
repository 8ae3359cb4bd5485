"""What an editor pasted as a citation, and what is none here: `[1]`, `\\cite{key}`, `[key]`, `^1^`, `(Smith 2019)`, an address.

Where the bibliography has the work, the very words to write are known. A number names nothing, since the list it counted in
stayed where the sentence came from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.identifiers import clean_doi, clean_pmid
from evidence.kept import kept
from evidence.model import Claim, Library, Source
from evidence.references.people import label

_NO_LINK = r"(?![\[({:])"
_NUMBERS = r"\d{1,3}(?:\s?(?:[,;-]|\u2013)\s?\d{1,3}){0,9}"
_RAISED = (
    rf"(?:\^\[?{_NUMBERS}\]?\^?|<sup>\[?{_NUMBERS}\]?</sup>|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{{1,4}})(?!\w)"
)
_KEY = r"[^\W_][\w:.+-]{2,60}"
_NAME = r"(?:(?:de|der|den|van|von|el|al|la|le|di|da|dos|du)[ ]){0,3}(?<!\w)[A-Z\u00c0-\u00de][\w'\u2019-]{1,40}"
_OTHERS = rf"(?:,?[ ]et[ ]al\.?|[ ]and[ ](?:colleagues|others)|(?:,[ ]{_NAME}){{0,5}},?[ ](?:and|&)[ ]{_NAME})?"
_YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_WORK = rf"{_NAME}(?:[ ](?:of[ ]|for[ ]|on[ ])?{_NAME}){{0,4}}{_OTHERS},?[ ]{_YEAR}"
_PASTED = re.compile(
    rf"\\(?:no)?[A-Za-z]{{0,6}}cite[a-z]{{0,8}}\*?(?:\[[^\[\]]{{0,60}}\]){{0,2}}\{{(?P<command>[^{{}}@]{{1,200}})\}}"
    rf"|(?<![\]\\!])\[(?:cite:|see)?\s?(?P<key>{_KEY}(?:\s?[;,]\s?{_KEY}){{0,9}})\]{_NO_LINK}"
    rf"|(?P<number>(?<![\]\\!])\[{_NUMBERS}\]{_NO_LINK}|(?<=[^\W\d_]{{3}}){_RAISED}|(?<=[.,;]){_RAISED})"
    rf"|(?P<author>[(\[](?:see[ ])?(?P<works>{_WORK}(?:;[ ]?{_WORK}){{0,5}})(?:,[ ]pp?\.[ ]?[\d-]{{1,9}})?[)\]]){_NO_LINK}"
    rf"|(?<!\w)(?P<narrated>{_NAME}{_OTHERS})[ ]\((?P<year>{_YEAR})\)"
    r"|(?:https?://(?:dx\.)?doi\.org/|\bdoi:?[ ]?)(?P<doi>10\.\d{4,9}/[^\s()<>\[\]]{1,80})"
    r"|\bPMID:?[ ]?(?P<pmid>\d{5,8})\b"
)
_CODE = re.compile(r"(?<!`)(?P<ticks>`{1,4})(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)|<!--.{0,2000}?-->", re.DOTALL)
_MEASURE = re.compile(
    r"(?:\bCI|interval|range|IQR|\d[\d.,]{0,9}%?|[:=])(?:\s(?:was|were|is|of|from))?[\s(,:;]{0,3}$", re.IGNORECASE
)
"""Stands before a bracket that holds the ends of a range: `4.5 [4, 5]`."""
_ONE = re.compile(rf"(?P<who>{_NAME}(?:[ ](?:of[ ]|for[ ]|on[ ])?{_NAME}){{0,4}}).{{0,200}}?(?P<year>\d{{4}})[a-z]?")
_MONTHS = frozenset(
    "january february march april may june july august september october november december spring summer autumn winter".split()
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Copied:
    """One such thing, by its offsets in the text, with the keys of the sources it names; none if the bibliography lacks one.

    `kind` is `command`, `key`, `number`, `author`, `narrated`, `doi` or `pmid`.
    """

    start: int
    end: int
    typed: str
    kind: str
    keys: tuple[str, ...] = ()

    @property
    def repair(self) -> str:
        """What to do about it, in words."""
        shown = f'"{self.typed}"'
        if self.keys:
            written = (
                f"@{self.keys[0]}" if self.kind == "narrated" else f"[{'; '.join(f'@{key}' for key in self.keys)}]"
            )
            return f"write {written} for {shown}"
        if self.kind == "number":
            return f"write [@key] for {shown}, with the source's key in references.bib: a number names no source here"
        if self.kind == "command":
            return f"write [@key] for {shown}, with a key that references.bib has"
        return f"if {shown} names the source, add that to references.bib, which lacks it, and write [@key]"


def copied(text: str, library: Library) -> Iterator[Copied]:
    """What in a block's text is meant as a citation and is none, in order."""
    if not any(char in "[^\\<" or char.isdigit() for char in text):
        return
    code = [found.span() for found in _CODE.finditer(text)] if "`" in text or "<!--" in text else []
    for found in _PASTED.finditer(text):
        kind = next(name for name in ("command", "key", "number", "author", "narrated", "doi", "pmid") if found[name])
        keys = _keys(kind, found, library)
        meant = bool(keys) or _is_meant(kind, found)
        if meant and not any(start <= found.start() < end for start, end in code):
            typed = " ".join(found[0].rstrip(".,;:").split())
            yield Copied(*found.span(), typed if len(typed) <= _LONGEST else f"{typed[: _LONGEST - 1]}…", kind, keys)


def in_claim(found: Copied, claim: Claim, text: str) -> bool:
    """Whether it stands in a claim of this block's text, or right behind its full stop."""
    return claim.start <= found.start <= claim.end + 1 and not text[claim.end : found.start].strip()


def _is_meant(kind: str, found: re.Match[str]) -> bool:
    """Whether it is meant as a citation though it names no source that is known."""
    if kind == "number":
        return not (found[0][0] == "[" and _MEASURE.search(found.string, max(0, found.start() - 20), found.start()))
    if kind == "author":
        return found["works"].split()[0].casefold() not in _MONTHS
    return kind in ("command", "doi", "pmid")


def _keys(kind: str, found: re.Match[str], library: Library) -> tuple[str, ...]:
    """The keys of all works that it names; none if one of them is not in the bibliography."""
    if kind == "number":
        return ()
    if kind in ("command", "key"):
        listed = [one.strip() for one in re.split(r"[;,]", found[kind])]
        return tuple(dict.fromkeys(listed)) if all(key in library.sources for key in listed) else ()
    if kind == "doi":
        names = [f"doi {(clean_doi(found['doi'].rstrip('.,;:')) or '').lower()}"]
    elif kind == "pmid":
        names = [f"pmid {found['pmid']}"]
    else:
        works = found["works"].split(";") if kind == "author" else [f"{found['narrated']} {found['year']}"]
        told = [_ONE.match(one.strip()) for one in works]
        names = [f"{one['who']} {one['year']}".casefold() for one in told if one]
    known = _works(library)
    return tuple(dict.fromkeys(known[name] for name in names)) if all(name in known for name in names) else ()


@kept(2)
def _works(library: Library) -> Mapping[str, str]:
    """The keys of sources by family name and year, by DOI and by PMID, in small letters; what fits two sources names none."""
    found: dict[str, set[str]] = defaultdict(set)
    for source in library.sources.values():
        for name in _names(source):
            found[name].add(source.key)
    return {name: min(keys) for name, keys in found.items() if len(keys) == 1}


def _names(source: Source) -> Iterator[str]:
    yield label(source).casefold()
    first = next(iter(source.creators.get("author", ())), None)
    if first:
        yield f"{first.family} {source.value('year')}".casefold()
    yield f"doi {(clean_doi(source.value('doi')) or '').lower()}"
    yield f"pmid {clean_pmid(source.value('pmid'))}"
