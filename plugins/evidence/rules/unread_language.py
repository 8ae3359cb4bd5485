"""A text is in a language whose claims the check cannot tell, so that it is checked less, and a person must read it.

Claims are found by the words of a cue file, and there is none for this language. So every sentence that is no question is taken
for a claim and needs a citation; an instruction needs one too, or `<!-- allow EV101: an instruction -->`. What a sentence says is
not compared with its source, neither words nor figures, and the words of advertising are known in English only. Every report and the
page itself say so, so that nobody takes "clear" for more than it is. Have somebody who reads the language compare each sentence with its source, or write a cue file, `plugins/evidence/claims/cues.es.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.claims import has_cues
from evidence.coverage import language_of
from evidence.model import Case, Hit, Place, Rule, Severity

_HEAD = "---\ntitle: Migraña\ndate: 2026-11-24\nlang: {}\n---\n\nEl dolor bajó en un ensayo [@smith2020].\n"
BAD = (_HEAD.format("es"), _HEAD.format("pt-BR"))
GOOD = (_HEAD.format("en"), _HEAD.format("en-US"))


def check(case: Case) -> Iterator[Hit]:
    for document in case.documents:
        language = language_of(document, case.policy)
        if not has_cues(language):
            place = document.meta["lang"].place if "lang" in document.meta else Place(document.path)
            yield Hit(
                place,
                f'the language "{language}" has no cue file: every sentence is taken for a claim, none is compared with its source, and words of advertising are known in English only',
                "have somebody who reads it compare them",
            )


RULE = Rule("EV103", "unread-language", Severity.NOTE, "document", check, __doc__, BAD, GOOD)
