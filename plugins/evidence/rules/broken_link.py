"""A link to another file of the site leads to none, or would publish a text that nobody has checked.

`{filename}` links to an article or a page, `{static}` and `{attach}` to a picture or a document that is published as it is.
Paths begin at the file itself, or with a slash at the content folder. A page is not linked to by an address written by hand,
except for those that are made of other files: `/evidence/`, `/sources/`, `/glossary/` and `/search/`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from urllib.parse import unquote, urlsplit

from evidence.model import Case, Document, Hit, Place, Rule, Severity
from evidence.places import block_place

BAD = (
    "Pain fell in [one trial]({filename}nowhere.md) [@smith2020].\n",
    "Pain fell in [one trial]({static}/secret.html) [@smith2020].\n",
    "Pain fell in [one trial](/exampel/) [@smith2020].\n",
)
GOOD = (
    "Pain fell in [one trial]({filename}example.md) [@smith2020].\n",
    "Pain fell in [one trial]({static}/trial.pdf) [@smith2020].\n",
)

_LINK = re.compile(r"\]\(\s*(?P<target><?[{|](?P<what>filename|static|attach)[}|](?P<path>[^\s)>]*))")
_BY_HAND = re.compile(
    r"\]\(\s*(?P<target><?(?!//|/(?:evidence|sources|glossary|search)/|[\w+.-]*:|[#{|<]|%7B|%7C)(?P<path>[^\s)>@]+))",
    re.IGNORECASE,
)
"""Such an address may lead somewhere today; nothing would tell when it no longer does."""
_TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".xhtml", ".rst", ".tex", ".adoc", ".org")
PUBLISHED = frozenset(
    """
    .png .jpg .jpeg .gif .webp .avif .svg .ico .pdf .csv .xlsx .ods .docx .odt .pptx .odp .mp3 .m4a .ogg .oga .wav .mp4
    .m4v .webm .vtt .woff .woff2 .epub .css
    """.split()
)
"""Endings of files that may be published as they are: pictures, documents, data, sound, films and fonts. Notes, sign-offs,
keys, backups and whatever else an editor keeps beside the content are for nobody else."""


def gather(case: Case) -> tuple[tuple[str, str, str, Place], ...] | None:
    """The links of a document to files, each with its kind, its words, the path it leads to and its place; None if it is loose."""
    (document,) = case.documents
    if document.kind == "loose":
        return None
    return tuple(
        (
            found["what"],
            found["path"],
            _target(case, document, found["path"]),
            block_place(document.path, block, found.start("target"), found.end("target")),
        )
        for block in document.blocks
        for found in _LINK.finditer(block.text)
    ) + tuple(
        ("by hand", found["path"], "", block_place(document.path, block, found.start("target"), found.end("target")))
        for block in document.blocks
        if "](" in block.text
        for found in _BY_HAND.finditer(block.text)
    )


def check(case: Case) -> Iterator[Hit]:
    gathered = case.gathered.get("EV801", ())
    pages = {path for path, links in gathered if links is not None} | case.files
    for _, links in gathered:
        for kind, words, path, place in links or ():
            is_text = path.lower().endswith(_TEXTS)
            if kind == "by hand":
                what = f'"{words}" is an address written by hand, and may lead nowhere'
                near = _near(words, pages)
                fix = f"name the file it is made of, as in ({{filename}}{near or 'article.md'})"
                if may_be_published(file := words.partition("#")[0]):
                    fix = f"name the file, as in {_static(case, file, pages) or '({static}/images/name.svg)'}"
            elif path not in pages:
                meant = _static(case, path, pages) if may_be_published(path) else ""
                what = f'"{words}" leads to no file'
                fix = f"did you mean {meant}?" if meant else "correct the path, or delete the link"
            elif kind == "filename" and not path.lower().endswith(_TEXTS[:4]):
                what, fix = f'"{words}" is no article or page', "write {static} instead of {filename}"
            elif kind != "filename" and is_text:
                what = f'"{words}" would be published as it is, without having been checked'
                fix = "write {filename} for an article or a page, or delete the link"
            elif kind != "filename" and not may_be_published(path):
                what = f'"{words}" is no picture, document or data, and would be open to everybody'
                fix = "delete the link, or link to a PDF or a picture"
            else:
                continue
            yield Hit(place, what, fix)


def _static(case: Case, path: str, pages: Collection[str]) -> str:
    """The file of the same kind whose name is most like that of a picture or a document, as a link to it is written."""
    kind, content = posixpath.splitext(path)[1].lower(), f"{case.policy.content}/"
    names = {
        posixpath.basename(one): one.removeprefix(content)
        for one in sorted(pages)
        if one.startswith(content) and one.lower().endswith(kind)
    }
    found = get_close_matches(posixpath.basename(path), names, 1, 0.5)
    return f"({{static}}/{names[found[0]]})" if found else ""


def _near(words: str, pages: Collection[str]) -> str:
    """The file that is most likely meant."""
    names = {
        posixpath.splitext(posixpath.basename(page))[0]: page for page in pages if page.lower().endswith(_TEXTS[:4])
    }
    wanted = posixpath.splitext(posixpath.basename(words.split("#")[0].rstrip("/")))[0]
    found = get_close_matches(wanted, names, 1, 0.5)
    return posixpath.basename(names[found[0]]) if found else ""


def may_be_published(path: str) -> bool:
    """Whether a file is of a kind that readers are meant to get as it is."""
    parts = path.split("/")
    return posixpath.splitext(path)[1].lower() in PUBLISHED and not any(
        part.startswith(".") and part not in (".", "..") for part in parts
    )


def _target(case: Case, document: Document, path: str) -> str:
    try:
        path = unquote(urlsplit(path).path)
    except ValueError:  # such as //[, which is no address
        return path
    start = case.policy.content if path.startswith("/") else posixpath.dirname(document.path)
    return posixpath.normpath(posixpath.join(start, path.lstrip("/")))


RULE = Rule("EV801", "broken-link", Severity.ERROR, "document", check, __doc__, BAD, GOOD, gather=gather)
