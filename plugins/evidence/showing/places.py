"""Where on its page each citation of a document stands, and what it stands for there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.model import Document, Library, Mention, Supported
from evidence.showing.resting import settled
from evidence.targets import cited, says_more, target


@dataclass(frozen=True, slots=True)
class Meant:
    """What the number of a citation stands for: the claim's id, and the ids of the findings it settles."""

    claim: str
    findings: tuple[str, ...]


class Places:
    """The ids of the markers of a document's citations.

    A marker inside a link has no id, and footnotes move; where the numbers of citations and of markers differ, the
    source's line in the list is the place.
    """

    def __init__(
        self, document: Document, lines: Mapping[str, tuple[str, Sequence[Mention]]], library: Library
    ) -> None:
        """`lines` are the ids of the lines in the list of sources, with the mentions of each, by key."""
        self._lines, self._vocabulary = lines, library.vocabulary
        self._at: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for one in cited(document):
            spots, spot = found[target(one.citation.key, library).key], (one.block_index, one.cluster)
            if spot not in spots[-1:] or says_more(one.citation):
                spots.append(spot)
        for key, spots in found.items():
            for spot, mention in self._matched(key, spots):
                self._at[spot].setdefault(key, mention.id)

    def _matched(self, key: str, spots: Sequence[tuple[int, int]]) -> Iterable[tuple[tuple[int, int], Mention]]:
        mentions = self._lines[key][1] if key in self._lines else ()
        return zip(spots, mentions, strict=True) if len(spots) == len(mentions) else ()

    def of(self, one: Supported) -> str:
        """The id of the first marker of a claim, or of the line of its first source, or of the page's text."""
        key = one.rests[0].source.key
        exact = next((self._at[spot][key] for spot in one.claim.clusters if key in self._at[spot]), "")
        return exact or (self._lines[key][0] if key in self._lines else "main")

    def meant(self, supported: Iterable[Supported]) -> Mapping[str, Meant]:
        """By the id of a marker: what it stands for. A marker that several claims share, such as that of a table's caption, is of the
        first, and stands for what each of them tells."""
        found: dict[str, Meant] = {}
        for one in supported:
            findings: dict[str, list[str]] = defaultdict(list)
            for rest in one.rests:
                findings[rest.source.key] += [finding.id for finding in settled(one, rest, self._vocabulary)]
            for spot in one.claim.clusters:
                for key, id in self._at[spot].items():
                    first = found.get(id, Meant(one.claim.id, ()))
                    found[id] = Meant(first.claim, tuple(dict.fromkeys((*first.findings, *findings[key]))))
        return found
