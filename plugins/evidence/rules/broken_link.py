"""A link to another file of the site leads to none, or would publish a text that nobody has checked.

`{filename}` links to an article or a page, `{static}` and `{attach}` to a picture or a document that is published as it is.
Paths begin at the file itself, or with a slash at the content folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from evidence.model import Case, Document, Hit, Rule, Severity
from evidence.places import block_place

BAD = (
    "Pain fell in [one trial]({filename}nowhere.md) [@smith2020].\n",
    "Pain fell in [one trial]({static}/secret.html) [@smith2020].\n",
)
GOOD = (
    "Pain fell in [one trial]({filename}example.md) [@smith2020].\n",
    "Pain fell in [one trial]({static}/trial.pdf) [@smith2020].\n",
)

_LINK = re.compile(r"\]\(\s*(?P<target><?[{|](?P<what>filename|static|attach)[}|](?P<path>[^\s)>]*))")
_TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".xhtml", ".rst", ".tex", ".adoc", ".org")


def check(case: Case) -> Iterator[Hit]:
    pages = {document.path for document in case.documents if document.kind != "loose"} | case.files
    for document in case.documents:
        for block in document.blocks if document.kind != "loose" else ():
            for found in _LINK.finditer(block.text):
                path = _target(case, document, found["path"])
                is_text = path.lower().endswith(_TEXTS)
                if path not in pages:
                    what, fix = f'"{found["path"]}" leads to no file', "correct the path, or delete the link"
                elif found["what"] == "filename" and not path.lower().endswith(_TEXTS[:4]):
                    what, fix = f'"{found["path"]}" is no article or page', "write {static} instead of {filename}"
                elif found["what"] != "filename" and is_text:
                    what = f'"{found["path"]}" would be published as it is, without having been checked'
                    fix = "write {filename} for an article or a page, or delete the link"
                else:
                    continue
                yield Hit(block_place(document.path, block, found.start("target"), found.end("target")), what, fix)


def _target(case: Case, document: Document, path: str) -> str:
    path = unquote(urlsplit(path).path)
    start = case.policy.content if path.startswith("/") else posixpath.dirname(document.path)
    return posixpath.normpath(posixpath.join(start, path.lstrip("/")))


RULE = Rule("EV801", "broken-link", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
