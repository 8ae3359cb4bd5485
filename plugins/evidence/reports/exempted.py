"""The editors' exemptions for people: what each is for, from which rule, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.exemptions import extents
from evidence.model import Document, Exemption, Place, Report

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Exempted:
    """One exemption with the words it is for. `faults` say that it exempts nothing, or why it does not count."""

    exemption: Exemption
    words: str
    faults: tuple[str, ...]

    @property
    def sign(self) -> tuple[str, str, str]:
        """By which it is known again in another version: its rule, its reason, and its words."""
        return self.exemption.code, self.exemption.reason, self.words


def exemptions_of(report: Report) -> tuple[Exempted, ...]:
    """All exemptions, in order."""
    faults: dict[Place, list[str]] = defaultdict(list)
    for problem in report.problems:
        if problem.code.startswith("EV9"):
            faults[problem.place].append(problem.message)
    return exempted_in(report.documents, faults)


def exempted_in(
    documents: Iterable[Document], faults: Mapping[Place, Sequence[str]] | None = None
) -> tuple[Exempted, ...]:
    """The same of any documents, with what was found wrong at each place."""
    return tuple(
        Exempted(one, words.get(one, ""), tuple((faults or {}).get(one.place, ())))
        for document in documents
        for lines in [document.text.split("\n") if document.exemptions else []]
        for words in [{one: _words(lines, place) for one, place in extents(document)}]
        for one in document.exemptions
    )


def _words(text: Sequence[str], place: Place) -> str:
    """The author's own text at this place of a file with these lines, on one line."""
    lines = list(text[place.line - 1 : place.end_line])
    if not lines:
        return ""
    if place.line == place.end_line:
        lines[0] = lines[0][: place.end_column - 1]
    else:
        lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    words = " ".join(" ".join(lines).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
