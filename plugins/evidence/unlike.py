"""Where readers would see other words than those that are checked: markup that hides words, strikes them out or turns them round.

The check takes out tags and reads what stands between them. That holds for elements that show all that is in them, and for no others:
what a browser makes of an unknown element, or of one for pictures and forms, is not what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.active import ACTING, without_code

_SHOWING = frozenset(
    """
    a abbr address article aside b bdi big blockquote br caption center cite code col colgroup dd details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q samp section small
    source span strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()
)
_HIDING_NAMES = "vh|skip|hidden|invisible|sr-only|visually-hidden|screen-reader-text|d-none"
"""Classes that style sheets give to what only some see, this theme's among them."""
_MARKUP = re.compile(
    r"<(?P<element>[a-z][a-z0-9-]*)(?=[\s/>])(?P<inside>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+)>"
    r"|\{:?(?P<listed>(?:\"[^\"\n]*\"|'[^'\n]*'|[^{}\n\"'])++)\}"
    r"|<(?P<other>\?|!(?=[a-z\[]))",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"(?<![^\s\"'/])(?P<attribute>hidden|dir|popover|role|aria-[a-z]{1,20})(?=\s*=|[\s/]|$)"
    rf"|(?:\bclass\s*=\s*[^=<>]{{0,200}}?|\.)(?<![\w-])(?P<named>{_HIDING_NAMES})(?![\w-])",
    re.IGNORECASE,
)
_OPEN_COMMENT = re.compile(r"(?<!\\)<!--(?!(?:(?!<!--|-->).)*-->)", re.DOTALL)


def unlike_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of such markup in a Markdown text, outside code."""
    for found in _MARKUP.finditer(without_code(text)):
        name = (found["element"] or "").lower()
        hiding = _HIDING.search(found["inside"] or found["listed"] or "")
        if name and name not in _SHOWING | ACTING:
            yield found.start(), found.end(), f"<{name}>"
        elif hiding:
            yield found.start(), found.end(), hiding["attribute"] or hiding["named"]
        elif found["other"]:
            yield found.start(), found.end(), f"<{found['other']}"


def open_comments(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the beginnings of comments in a block of Markdown that do not end in it: readers see all of them."""
    for found in _OPEN_COMMENT.finditer(without_code(text)) if "<!--" in text else ():
        yield found.span()
