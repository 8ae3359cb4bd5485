"""An edited figure under an untouched citation: nothing is said of findings that nobody pointed at anew."""

from __future__ import annotations

from evidence.changes import changes
from evidence.checking import with_claims
from evidence.support.basis import stated
from signed_sites import case


def sources_of(before: str, after: str) -> list[tuple[str, ...]]:
    old, new = (with_claims(case(body)) for body in (before, after))
    first, second = (stated(one.claims, one.documents, one.supported, one.library) for one in (old, new))
    return [one.sources for one in changes(first, second)]


def test_an_edited_figure_rests_on_nothing_new() -> None:
    for old in ("Pain and nausea: 4.5 points with fluids", "Fluids gave 4.5 points and the same nausea"):
        text = f"{old} [@jones2019fluid].\n"
        assert sources_of(text, text.replace("4.5", "7.5")) == [()]


def test_a_citation_that_points_elsewhere_is_told_also_of_an_edited_sentence() -> None:
    old = "Pain was the same with fluids [@jones2019fluid#pain-60min].\n"
    told = "it rests on its finding nausea too, it rests no longer on its finding pain-60min"
    new = old.replace("same", "very same").replace("#pain-60min", "#nausea")
    assert sources_of(old, new) == [(f"jones2019fluid: {told}",)]
