"""A picture has no description, or only the name of its file.

Who cannot see it is read its description aloud: `![What is to be seen]({static}/images/picture.svg)`. What it claims must be said
in a cited sentence, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.exemptions import in_reason
from evidence.model import Case, Hit, Rule, Severity
from evidence.places import block_place

BAD = (
    "![]({static}/trial.pdf)\n\nPain fell in one trial [@smith2020].\n",
    "![image.png]({static}/trial.pdf)\n\nPain fell in one trial [@smith2020].\n",
)
GOOD = (
    "![A nurse hangs up a bag]({static}/trial.pdf)\n\nPain fell in one trial [@smith2020].\n",
    "What is a [trial]({static}/trial.pdf)?\n",
)
_PICTURE = re.compile(
    r"!\[(?P<words>\s*|[^\]\s]{1,200}\.(?:png|jpe?g|gif|svg|webp|avif))\](?=[\[(])"
    r"|<img\b(?![^<>]*\balt\s*=\s*[\"'][^\"'<>]*[a-z])",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        for block in document.blocks:
            for found in _PICTURE.finditer(block.text) if "![" in block.text or "<" in block.text else ():
                what = (
                    f'the picture is described as "{found["words"]}"'
                    if found["words"]
                    else "the picture has no description"
                )
                place = block_place(document.path, block, found.start(), found.end())
                if not in_reason(document, place):
                    yield Hit(place, what, "say in its brackets what is to be seen: ![A nurse hangs up a bag](…)")


RULE = Rule("EV644", "undescribed-picture", Severity.ERROR, "document", check, __doc__, BAD, GOOD)
